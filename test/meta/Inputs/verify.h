inline int *InHeader = 0;  // expected-warning {{use nullptr}}
