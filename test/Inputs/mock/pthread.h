#ifndef MOCK_PTHREAD_H
#define MOCK_PTHREAD_H
extern "C" {
typedef unsigned long pthread_t;
union pthread_attr_t;
typedef union {
  char Size[40];
} pthread_mutex_t;
#define PTHREAD_MUTEX_INITIALIZER                                              \
  {                                                                            \
    { 0 }                                                                      \
  }
int pthread_create(pthread_t *, const pthread_attr_t *, void *(*)(void *),
                   void *) noexcept;
int pthread_join(pthread_t, void **);
int pthread_detach(pthread_t) noexcept;
typedef struct {
  long State;
} pthread_cond_t;
int pthread_cond_wait(pthread_cond_t *, pthread_mutex_t *);
typedef union {
  char Size[4];
} pthread_mutexattr_t;
int pthread_mutex_init(pthread_mutex_t *, const pthread_mutexattr_t *) noexcept;
int pthread_mutex_lock(pthread_mutex_t *) noexcept;
int pthread_mutex_trylock(pthread_mutex_t *) noexcept;
int pthread_mutex_unlock(pthread_mutex_t *) noexcept;
}
#endif
