// oracle: tsan
// Batch job: the main thread prints the progress of a running worker.
#include <iostream>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

class Batch {
public:
  std::size_t run(const std::vector<std::string> &Files) {
    std::size_t Lines = 0;
    std::mutex M;
    std::vector<std::string> Log;
    std::thread Worker([&] {
      for (const std::string &File : Files) {
        std::lock_guard<std::mutex> Lock(M);
        Log.push_back("read " + File);
        Lines += File.size();
      }
    });
    std::cout << "so far " << Lines << '\n'; /*BUG*/
    Worker.join();
    {
      std::lock_guard<std::mutex> Lock(M);
      Printed_ = Log.size();
    }
    Lines += 1;
    return Lines;
  }

  std::size_t printed() const { return Printed_; }

private:
  std::size_t Printed_ = 0;
};

int main() {
  Batch B;
  std::vector<std::string> Files(2000, "a.txt");
  std::size_t Lines = B.run(Files);
  std::cout << Lines << ' ' << (B.printed() <= 2000) << '\n';
  return Lines == 10001 ? 0 : 1;
}
