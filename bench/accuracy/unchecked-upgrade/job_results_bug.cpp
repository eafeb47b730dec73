// oracle: abort
// Build farm: results are looked up by weak handle after the jobs were run.
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>

struct Job {
  std::string Target;
  int Status = -1;
};

class Farm {
public:
  std::weak_ptr<Job> submit(const std::string &Target) {
    std::weak_ptr<Job> Handle = std::make_shared<Job>(Job{Target}); /*BUG*/
    Handles_[Target] = Handle;
    return Handle;
  }

  std::optional<int> status(const std::string &Target) const {
    auto It = Handles_.find(Target);
    if (It == Handles_.end())
      return std::nullopt;
    if (auto J = It->second.lock())
      return J->Status;
    return std::nullopt;
  }

  bool finish(const std::weak_ptr<Job> &Handle, int Status) {
    auto J = Handle.lock();
    if (!J)
      return false;
    J->Status = Status;
    return true;
  }

private:
  std::map<std::string, std::shared_ptr<Job>> Jobs_;
  std::map<std::string, std::weak_ptr<Job>> Handles_;
};

int main() {
  Farm F;
  auto Lib = F.submit("lib");
  auto App = F.submit("app");
  if (!F.finish(Lib, 0) || !F.finish(App, 1))
    throw std::runtime_error("a job was lost");
  std::cout << F.status("lib").value_or(9) << F.status("app").value_or(9)
            << '\n';
  return F.status("doc") ? 1 : 0;
}
