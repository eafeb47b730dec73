// oracle: asan
// Editor: a cursor keeps its document only while an edit is open.
#include <cassert>
#include <iostream>
#include <memory>
#include <string>

struct Document {
  std::string Text;
  int Revision = 0;
};

class Cursor {
public:
  explicit Cursor(const std::shared_ptr<Document> &D) : Document_(D) {}

  bool insert(const std::string &S) {
    Open_ = Document_.lock();
    if (!Open_)
      return false;
    Open_->Text.insert(At_, S);
    Open_->Revision++;
    At_ += S.size();
    Open_.reset();
    return true;
  }

  bool erase(std::size_t N) {
    Open_ = Document_.lock();
    const bool Alive = Open_ != nullptr;
    if (Alive && N <= At_) {
      At_ -= N;
      Open_->Text.erase(At_, N);
    }
    Open_.reset();
    return Alive;
  }

  std::size_t length() const {
    auto D = Document_.lock();
    assert(D && "the document outlives its views");
    return D->Text.size();
  }

private:
  std::weak_ptr<Document> Document_;
  std::shared_ptr<Document> Open_;
  std::size_t At_ = 0;
};

int main() {
  auto D = std::make_shared<Document>();
  Cursor C(D);
  bool Good = C.insert("hello") && C.erase(2);
  std::cout << D->Text << ' ' << C.length() << '\n';
  D.reset();
  Good &= !C.erase(1);
  Good &= !C.insert("late");
  return Good ? 0 : 1;
}
