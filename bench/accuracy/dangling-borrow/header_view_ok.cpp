// oracle: asan
// HTTP cache: a view of a header is kept over a refresh of the headers.
#include <iostream>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

template <class T> class Guarded {
public:
  class Access {
  public:
    explicit Access(Guarded &G) : Lock_(G.M_), Value_(G.Value_) {}
    T *operator->() { return &Value_; }
    T &operator*() { return Value_; }

  private:
    std::scoped_lock<std::mutex> Lock_;
    T &Value_;
  };
  Access access() { return Access(*this); }

private:
  std::mutex M_;
  T Value_{};
};

using Headers = std::map<std::string, std::string>;

void refresh(Guarded<Headers> &H, int Age) {
  auto A = H.access();
  A->clear();
  (*A)["etag"] = "\"a-tag-that-does-not-fit-inline-" + std::to_string(Age);
}

bool changed(Guarded<Headers> &H, int Age) {
  std::string Before = H.access()->at("etag");
  refresh(H, Age);
  auto A = H.access();
  std::string_view After = A->at("etag");
  return After != Before;
}

int main() {
  Guarded<Headers> H;
  refresh(H, 1);
  bool First = changed(H, 2);
  std::cout << First << changed(H, 2) << '\n';
  return First ? 0 : 1;
}
