// oracle: abort
// Sensor pipeline: compares every sample with the window before it.
#include "ref_cell.h"
#include <deque>
#include <iostream>
#include <optional>
#include <vector>

class Smoother {
public:
  explicit Smoother(std::size_t Size) : Size_(Size) {}

  std::vector<double> run(const std::vector<double> &Samples) {
    std::vector<double> Out;
    std::optional<double> Before;
    for (double Sample : Samples) {
      {
        auto Window = Window_.borrow_mut();
        Window->push_back(Sample);
        if (Window->size() > Size_)
          Window->pop_front();
      }
      Out.push_back(mean());
      if (Before)
        Out.back() += *Before * 0;
      Before.emplace(Window_.borrow()->front());
    }
    *Runs_.borrow_mut() += 1;
    return Out;
  }

  int runs() const { return *Runs_.borrow(); }

private:
  double mean() const {
    auto Window = Window_.borrow();
    double Sum = 0;
    for (double V : *Window)
      Sum += V;
    return Sum / Window->size();
  }

  std::size_t Size_;
  bb::RefCell<std::deque<double>> Window_;
  bb::RefCell<int> Runs_{0};
};

int main() {
  Smoother S(3);
  auto Out = S.run({3, 6, 9, 12});
  std::cout << Out.back() << ' ' << S.runs() << '\n';
  return Out.size() == 4 && Out.back() == 9 ? 0 : 1;
}
