// oracle: tsan
// Settings in a RefCell, whose count of borrows is for one thread only.
#include "ref_cell.h"
#include <iostream>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

using Settings = std::map<std::string, int>;

int volume(const bb::RefCell<Settings> &S) {
  auto Values = S.borrow();
  auto It = Values->find("volume");
  return It == Values->end() ? 0 : It->second;
}

int main() {
  auto Live = std::make_shared<bb::RefCell<Settings>>();
  std::mutex M;
  Settings Shared;
  (*Live->borrow_mut())["volume"] = 3;
  std::thread Mixer([Live, &M, &Shared] { /*BUG*/
    int V = volume(*Live);
    std::lock_guard<std::mutex> Lock(M);
    Shared["mixed"] = V;
  });
  (*Live->borrow_mut())["volume"] = 5;
  {
    std::lock_guard<std::mutex> Lock(M);
    Shared["main"] = volume(*Live);
  }
  Mixer.join();
  std::cout << Shared["main"] << '\n';
  return Shared["main"] == 5 ? 0 : 1;
}
