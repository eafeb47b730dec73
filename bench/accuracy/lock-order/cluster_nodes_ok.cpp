// oracle: tsan
// Cluster: a template moves shards between its two nodes.
#include <iostream>
#include <mutex>
#include <set>
#include <thread>

template <class M> class Holder {
public:
  explicit Holder(M &Mutex) : Mutex_(Mutex) { Mutex_.lock(); }
  ~Holder() { Mutex_.unlock(); }
  Holder(const Holder &) = delete;

private:
  M &Mutex_;
};

struct Node {
  std::mutex M;
  std::set<int> Shards;
};

class Cluster {
public:
  void add(int Shard) {
    Holder<std::mutex> H(Left_.M);
    Left_.Shards.insert(Shard);
  }
  bool toRight(int Shard) {
    Holder<std::mutex> From(Left_.M);
    Holder<std::mutex> To(Right_.M);
    return Left_.Shards.erase(Shard) && Right_.Shards.insert(Shard).second;
  }
  bool toLeft(int Shard) {
    Holder<std::mutex> To(Left_.M);
    Holder<std::mutex> From(Right_.M);
    return Right_.Shards.erase(Shard) && Left_.Shards.insert(Shard).second;
  }
  std::size_t left() {
    Holder<std::mutex> H(Left_.M);
    return Left_.Shards.size();
  }

private:
  Node Left_, Right_;
};

int main() {
  Cluster C;
  C.add(1);
  C.add(2);
  std::thread Balance([&C] { C.toRight(1) && C.toRight(2); });
  Balance.join();
  bool Back = C.toLeft(1);
  std::cout << Back << ' ' << C.left() << '\n';
  return Back && C.left() == 1 ? 0 : 1;
}
