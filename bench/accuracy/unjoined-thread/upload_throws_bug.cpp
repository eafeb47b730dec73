// oracle: abort
// Upload: reading the file may throw while the sender thread runs.
#include <atomic>
#include <iostream>
#include <stdexcept>
#include <string>
#include <thread>

static std::atomic<int> Pings{0};

std::string read(const std::string &Name) {
  if (Name.find(".txt") == std::string::npos)
    throw std::runtime_error("cannot read " + Name);
  return "text of " + Name;
}

std::size_t upload(const std::string &Name) {
  std::thread KeepAlive([] { ++Pings; });
  std::string Text = read(Name); /*BUG*/
  KeepAlive.join();
  return Text.size();
}

std::size_t uploadTwice(const std::string &Name) {
  std::thread KeepAlive([] { ++Pings; });
  std::size_t Size = 0;
  try {
    Size = read(Name).size() + upload(Name);
  } catch (...) {
    KeepAlive.join();
    throw;
  }
  KeepAlive.join();
  return Size;
}

int main() {
  std::size_t Size = uploadTwice("a.txt");
  try {
    uploadTwice("c.dat");
  } catch (const std::runtime_error &E) {
    std::cout << E.what() << '\n' << std::flush;
  }
  try {
    Size += upload("b.bin");
  } catch (const std::runtime_error &E) {
    std::cout << E.what() << '\n';
  }
  std::cout << Size << ' ' << Pings << '\n';
  return Pings == 4 ? 0 : 1;
}
