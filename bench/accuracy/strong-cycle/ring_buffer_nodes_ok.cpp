// oracle: lsan
// Scheduler: a ring of slots; the last slot leads to the first again.
#include <iostream>
#include <memory>
#include <vector>

struct Slot {
  explicit Slot(int I) : Id(I) {}
  int Id;
  std::shared_ptr<Slot> Next;
};

class Wheel {
public:
  explicit Wheel(int Size) {
    First_ = std::make_shared<Slot>(0);
    auto Last = First_;
    for (int I = 1; I < Size; ++I) {
      Last->Next = std::make_shared<Slot>(I);
      Last = Last->Next;
    }
    Current_ = First_.get();
  }

  int tick() {
    int Id = Current_->Id;
    Current_ = Current_->Next ? Current_->Next.get() : First_.get();
    return Id;
  }

private:
  std::shared_ptr<Slot> First_;
  Slot *Current_;
};

int main() {
  int Sum = 0;
  for (int Size = 1; Size < 4; ++Size) {
    Wheel W(Size);
    for (int I = 0; I < 7; ++I)
      Sum += W.tick();
  }
  std::cout << Sum << '\n';
  return Sum == 9 ? 0 : 1;
}
