#include "verify.h"

int *First = 0;  // expected-warning {{use nullptr}}
int *Second = 0, *Third = 0;
// expected-warning@-1 2 {{use nullptr}}
int *Fourth = nullptr;
