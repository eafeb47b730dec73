#ifndef MOCK_STDLIB_H
#define MOCK_STDLIB_H
#include <stddef.h>
#define EXIT_SUCCESS 0
#define EXIT_FAILURE 1
extern "C" {
[[noreturn]] void abort() noexcept;
[[noreturn]] void exit(int) noexcept;
[[noreturn]] void _Exit(int) noexcept;
[[noreturn]] void quick_exit(int) noexcept;
int atexit(void (*)(void)) noexcept;
void *malloc(size_t) noexcept;
void free(void *) noexcept;
int rand(void) noexcept;
int atoi(const char *) noexcept;
}
#endif
