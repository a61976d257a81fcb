/* foreign.c - a library that plugins may not use. */
unsigned long keycare_foreign(void);
unsigned long keycare_foreign(void) {
  return 0;
}
