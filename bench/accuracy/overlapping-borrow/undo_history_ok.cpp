// oracle: abort
// Editor: typing saves a snapshot of the text for undo.
#include "ref_cell.h"
#include <iostream>
#include <string>
#include <vector>

class Editor {
public:
  void type(const std::string &Input) {
    saveSnapshot();
    auto Text = Text_.borrow_mut();
    if (Input == "\b") {
      if (!Text->empty())
        Text->pop_back();
      return;
    }
    *Text += Input;
    Cursor_ += Input.size();
  }

  void undo() {
    std::string Last;
    {
      auto History = History_.borrow_mut();
      if (History->empty())
        return;
      Last = std::move(History->back());
      History->pop_back();
    }
    *Text_.borrow_mut() = Last;
    Cursor_ = Text_.borrow()->size();
  }

  std::string text() const { return *Text_.borrow(); }
  std::size_t depth() const { return History_.borrow()->size(); }

private:
  void saveSnapshot() const {
    auto Text = Text_.borrow();
    History_.borrow_mut()->push_back(*Text);
  }

  bb::RefCell<std::string> Text_;
  bb::RefCell<std::vector<std::string>> History_;
  std::size_t Cursor_ = 0;
};

int main() {
  Editor E;
  E.type("hello");
  E.type(" world");
  E.undo();
  std::cout << E.text() << ' ' << E.depth() << '\n';
  return E.text() == "hello" ? 0 : 1;
}
