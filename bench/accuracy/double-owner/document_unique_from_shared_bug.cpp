// oracle: asan
// Editor: a document leaves the shared list for a background save.
#include <iostream>
#include <memory>
#include <string>
#include <vector>

struct Document {
  std::string Path;
  bool Dirty = true;
};

std::string save(std::unique_ptr<Document> D) {
  D->Dirty = false;
  return "saved " + D->Path;
}

class Editor {
public:
  void open(std::string Path) {
    Open_.push_back(std::make_shared<Document>(Document{std::move(Path)}));
  }
  std::string saveLast() {
    std::shared_ptr<Document> D = Open_.back();
    if (!D->Dirty)
      return "clean";
    return save(std::unique_ptr<Document>(D.get())); /*BUG*/
  }
  std::string saveNew(std::string Path) {
    auto *Raw = new Document{std::move(Path)};
    std::unique_ptr<Document> Owner(Raw);
    Raw->Dirty = true;
    return save(std::move(Owner));
  }
  std::string last() const { return Open_.back()->Path; }

private:
  std::vector<std::shared_ptr<Document>> Open_;
};

int main() {
  Editor E;
  E.open("a.txt");
  std::cout << E.saveNew("new.txt") << '\n' << std::flush;
  std::string Saved = E.saveLast();
  std::cout << Saved << ' ' << E.last() << '\n';
  return Saved == "saved a.txt" ? 0 : 1;
}
