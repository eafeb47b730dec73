// oracle: tsan
// Game engine: world and mixer each lock themselves and call the other.
#include <iostream>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

class Engine {
public:
  void spawn(const std::string &Monster) {
    std::lock_guard<std::mutex> World(WorldM_);
    Monsters_.push_back(Monster);
    play(Monster + ".wav"); /*BUG*/
  }

  void play(const std::string &Sound) {
    std::lock_guard<std::mutex> Audio(AudioM_);
    Queue_.push_back(Sound);
  }

  std::size_t mix() {
    std::lock_guard<std::mutex> Audio(AudioM_);
    std::size_t Loudness = Queue_.size() * monsters(); /*BUG*/
    Queue_.clear();
    return Loudness;
  }

  std::size_t monsters() const {
    std::lock_guard<std::mutex> World(WorldM_);
    return Monsters_.size();
  }

private:
  mutable std::mutex WorldM_, AudioM_;
  std::vector<std::string> Monsters_, Queue_;
};

int main() {
  Engine E;
  std::thread Game([&E] {
    E.spawn("orc");
    E.spawn("imp");
  });
  Game.join();
  E.play("rain.wav");
  std::size_t Loudness = E.mix();
  std::cout << Loudness << ' ' << E.monsters() << '\n';
  return Loudness == 6 ? 0 : 1;
}
