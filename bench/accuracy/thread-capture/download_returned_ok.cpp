// oracle: asan
// Downloader: start() gives the running thread to its caller.
#include <chrono>
#include <iostream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

using namespace std::chrono_literals;

std::size_t fetch(const std::string &Url) {
  std::this_thread::sleep_for(20ms);
  return Url.size();
}

class Downloads {
public:
  std::thread start(const std::string &Host, const std::string &Path) {
    std::string Url = "https://" + Host + "/" + Path;
    ++Started_;
    if (Path.empty())
      return std::thread();
    return std::thread([Bytes = Bytes_, Url] { *Bytes = fetch(Url); });
  }

  std::vector<std::size_t> sizes(const std::vector<std::string> &Urls) {
    std::vector<std::size_t> Out(Urls.size());
    std::vector<std::thread> Threads;
    for (std::size_t I = 0; I < Urls.size(); ++I)
      Threads.emplace_back([&, I] { Out[I] = fetch(Urls[I]); });
    for (std::thread &T : Threads)
      T.join();
    return Out;
  }

  std::size_t bytes() const { return *Bytes_; }

private:
  int Started_ = 0;
  std::shared_ptr<std::size_t> Bytes_ = std::make_shared<std::size_t>(0);
};

int main() {
  Downloads D;
  auto Sizes = D.sizes({"https://a", "https://bb"});
  std::thread T = D.start("example.org", "a/rather/long/path/to/a/file.tar.gz");
  if (T.joinable())
    T.join();
  std::cout << Sizes[1] << ' ' << D.bytes() << '\n';
  return D.bytes() == 55 ? 0 : 1;
}
