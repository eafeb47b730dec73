// The threads that are started borrow a counter that ends with the function:
// when they count, it may be gone.
#include "counter.h"

#include <iostream>
#include <thread>

void countInBackground(int Threads) {
  Counter Clicks;
  for (int I = 0; I < Threads; ++I)
    std::thread([&Clicks] { Clicks.increment(); }).detach();
  std::cout << "counted " << Clicks.value() << '\n';
}

int main() { countInBackground(8); }
