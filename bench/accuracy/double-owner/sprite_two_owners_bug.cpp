// oracle: asan
// Game: a sprite is given to the scene and to the physics.
#include <iostream>
#include <memory>
#include <string>
#include <vector>

struct Sprite {
  std::string Name;
  double X = 0;
};

class Scene {
public:
  void add(std::shared_ptr<Sprite> S) { Sprites_.push_back(std::move(S)); }
  std::size_t size() const { return Sprites_.size(); }

private:
  std::vector<std::shared_ptr<Sprite>> Sprites_;
};

class Physics {
public:
  void add(std::shared_ptr<Sprite> S) { Bodies_.push_back(std::move(S)); }
  double step() {
    double Sum = 0;
    for (const auto &Body : Bodies_)
      Sum += Body->X += 1;
    return Sum;
  }

private:
  std::vector<std::shared_ptr<Sprite>> Bodies_;
};

int main() {
  Physics P;
  double Sum = 0;
  {
    Scene S;
    auto Wall = std::make_shared<Sprite>(Sprite{"wall"});
    S.add(Wall);
    P.add(Wall);
    Sprite *Raw = new Sprite{"hero"};
    S.add(std::shared_ptr<Sprite>(Raw));
    P.add(std::shared_ptr<Sprite>(Raw)); /*BUG*/
    Sum += P.step() + S.size();
  }
  Sum += P.step();
  std::cout << Sum << '\n';
  return Sum == 8 ? 0 : 1;
}
