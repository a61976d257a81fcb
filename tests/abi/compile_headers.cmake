# Compiles each header of INCLUDE/FOLDER alone, and twice, which its include guard must bear.
cmake_minimum_required(VERSION 3.23)
file(GLOB headers RELATIVE ${INCLUDE} ${INCLUDE}/${FOLDER}/*)
if(NOT headers)
  message(FATAL_ERROR "no headers in ${INCLUDE}/${FOLDER}")
endif()
set(wrong "")
foreach(header ${headers})
  execute_process(
    COMMAND ${COMPILER} -x ${LANGUAGE} -std=${STANDARD} -fsyntax-only -Wall -Wextra -Wpedantic -Wconversion -Werror
            -I ${INCLUDE} -include ${header} -include ${header} -
    INPUT_FILE /dev/null ERROR_VARIABLE said RESULT_VARIABLE failed)
  if(failed)
    string(APPEND wrong "${header}:\n${said}\n")
  endif()
endforeach()
if(wrong)
  message(FATAL_ERROR "${wrong}")
endif()
