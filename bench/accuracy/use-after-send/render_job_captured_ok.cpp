// oracle: asan
// Renderer: a job moves into the thread that works on it.
#include <future>
#include <iostream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

struct Job {
  std::string Scene;
  int Samples = 0;
};

class Farm {
public:
  int render(std::unique_ptr<Job> J) {
    std::promise<int> Pixels;
    auto Future = Pixels.get_future();
    Log_.push_back(J->Scene);
    std::thread T([J = std::move(J), P = std::move(Pixels)]() mutable {
      P.set_value(J->Samples * static_cast<int>(J->Scene.size()));
    });
    int Result = Future.get();
    T.join();
    J = std::make_unique<Job>();
    J->Samples = Result;
    Last_ = std::move(J);
    return Last_->Samples;
  }
  const std::vector<std::string> &log() const { return Log_; }

private:
  std::vector<std::string> Log_;
  std::unique_ptr<Job> Last_;
};

int main() {
  Farm F;
  auto J = std::make_unique<Job>();
  J->Scene = "teapot";
  J->Samples = 4;
  int Result = F.render(std::move(J));
  std::cout << Result << ' ' << F.log().front() << '\n';
  return Result == 24 ? 0 : 1;
}
