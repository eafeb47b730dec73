// oracle: abort
// Plugin host: on shutdown every plugin may still reach its services.
#include <iostream>
#include <memory>
#include <string>
#include <vector>

struct Service {
  std::string Name;
  int Calls = 0;
};

class Plugin {
public:
  explicit Plugin(const std::shared_ptr<Service> &S) : Service_(S) {}

  void call() {
    try {
      std::shared_ptr<Service> S(Service_);
      ++S->Calls;
    } catch (const std::bad_weak_ptr &) {
      ++Missed_;
    }
  }

  int stop() noexcept {
    std::shared_ptr<Service> S(Service_); /*BUG*/
    ++S->Calls;
    return Missed_;
  }

private:
  std::weak_ptr<Service> Service_;
  int Missed_ = 0;
};

class Host {
public:
  std::shared_ptr<Service> Log = std::make_shared<Service>(Service{"log"});
  std::vector<Plugin> Plugins;

  int shutdown(bool ServicesFirst) {
    if (ServicesFirst)
      Log.reset();
    int Missed = 0;
    for (Plugin &P : Plugins)
      Missed += P.stop();
    return Missed;
  }
};

int main() {
  Host H;
  H.Plugins.emplace_back(H.Log);
  H.Plugins.emplace_back(H.Log);
  H.Plugins[0].call();
  std::cout << H.Log->Calls << ' ' << H.shutdown(false) << '\n' << std::flush;
  int Missed = H.shutdown(true);
  std::cout << Missed << '\n';
  return Missed == 2 ? 0 : 1;
}
