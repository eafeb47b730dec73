// oracle: tsan
// Shop: orders and stock have a mutex each.
#include <iostream>
#include <map>
#include <mutex>
#include <string>
#include <thread>

static std::mutex OrdersM, StockM;
static std::map<int, std::string> Orders;
static std::map<std::string, int> Stock;

bool place(int Id, const std::string &Item) {
  std::lock_guard<std::mutex> O(OrdersM);
  std::lock_guard<std::mutex> S(StockM); /*BUG*/
  if (Stock[Item] == 0)
    return false;
  --Stock[Item];
  Orders[Id] = Item;
  return true;
}

void discontinue(const std::string &Item) {
  std::lock_guard<std::mutex> S(StockM);
  std::lock_guard<std::mutex> O(OrdersM); /*BUG*/
  Stock.erase(Item);
  std::erase_if(Orders, [&](const auto &E) { return E.second == Item; });
}

std::size_t audit() {
  std::scoped_lock Both(StockM, OrdersM);
  return Stock.size() + Orders.size();
}

int main() {
  {
    std::lock_guard<std::mutex> S(StockM);
    Stock = {{"tea", 2}, {"cup", 1}};
  }
  std::thread Clerk([] { place(1, "tea"); });
  Clerk.join();
  std::thread Manager([] { discontinue("cup"); });
  Manager.join();
  std::cout << audit() << '\n';
  return audit() == 2 ? 0 : 1;
}
