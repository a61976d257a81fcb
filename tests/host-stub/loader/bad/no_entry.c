/* no_entry.c - a library that is no plugin. */
__attribute__((visibility("default"))) int some_function(void);
int some_function(void) {
  return 0;
}
