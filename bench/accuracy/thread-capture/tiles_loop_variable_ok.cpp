// oracle: asan
// Map renderer: one thread for each row of tiles.
#include <atomic>
#include <iostream>
#include <latch>
#include <numeric>
#include <thread>
#include <vector>

class Map {
public:
  Map(int Rows, int Columns)
      : Rows_(Rows), Columns_(Columns), Tiles_(Rows * Columns) {}

  void render() {
    std::latch Ready(1);
    std::vector<std::thread> Threads;
    for (int Row = 0; Row < Rows_; ++Row) {
      int Shade = Row % 2;
      Threads.emplace_back([this, &Ready, Row, Shade] {
        Ready.wait();
        for (int Column = 0; Column < Columns_; ++Column)
          at(Row, Column) = 1 + Shade;
      });
    }
    Ready.count_down();
    for (std::thread &T : Threads)
      T.join();
  }

  int sum() {
    std::atomic<int> Sum{0};
    std::vector<std::jthread> Threads;
    for (int Row = 0; Row < Rows_; ++Row)
      Threads.emplace_back([this, &Sum, Row] {
        auto Begin = Tiles_.begin() + Row * Columns_;
        Sum += std::accumulate(Begin, Begin + Columns_, 0);
      });
    for (std::jthread &T : Threads)
      T.join();
    return Sum;
  }

private:
  int &at(int Row, int Column) { return Tiles_[Row * Columns_ + Column]; }

  int Rows_, Columns_;
  std::vector<int> Tiles_;
};

int main() {
  Map M(4, 8);
  M.render();
  std::cout << M.sum() << '\n';
  return M.sum() == 48 ? 0 : 1;
}
