// oracle: asan
// Chat client: a greeting goes out in the background, by a named closure.
#include <atomic>
#include <chrono>
#include <iostream>
#include <memory>
#include <string>
#include <thread>

using namespace std::chrono_literals;

struct Outbox {
  std::atomic<int> Sent{0};
  std::atomic<std::size_t> Bytes{0};
  void post(const std::string &Text) {
    Bytes += Text.size();
    ++Sent;
  }
};

void greet(std::shared_ptr<Outbox> Box, const std::string &Name) {
  std::string Greeting = "hello " + Name + ", welcome to the channel";
  auto Post = [Box, &Greeting] {
    std::this_thread::sleep_for(20ms);
    Box->post(Greeting);
  };
  if (Name == "bot") {
    std::thread Now(Post);
    Now.join();
    return;
  }
  std::thread(Post).detach(); /*BUG*/
}

std::size_t ask(Outbox &Box, const std::string &Question) {
  std::size_t Before = Box.Bytes;
  auto Post = [&] { Box.post(Question); };
  std::thread T(Post);
  T.join();
  return Box.Bytes - Before;
}

int main() {
  auto Box = std::make_shared<Outbox>();
  std::size_t Asked = ask(*Box, "anyone?");
  greet(Box, "bot");
  greet(Box, "ann");
  while (Box->Sent < 3)
    std::this_thread::sleep_for(5ms);
  std::cout << Asked << ' ' << Box->Bytes << '\n';
  return Asked == 7 ? 0 : 1;
}
