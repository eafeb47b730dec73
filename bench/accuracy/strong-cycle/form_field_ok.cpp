// oracle: lsan
// GUI form: fields know their form.
#include <iostream>
#include <memory>
#include <string>
#include <vector>

class Form;

class Field {
public:
  explicit Field(std::string Name) : Name_(std::move(Name)) {}
  void attach(const std::shared_ptr<Form> &F) { Form_ = F; }
  std::string path() const;

private:
  std::string Name_;
  std::weak_ptr<Form> Form_;
};

class Form : public std::enable_shared_from_this<Form> {
public:
  explicit Form(std::string Title) : Title_(std::move(Title)) {}
  std::shared_ptr<Field> add(std::string Name) {
    auto F = std::make_shared<Field>(std::move(Name));
    F->attach(shared_from_this());
    Fields_.push_back(F);
    return F;
  }
  const std::string &title() const { return Title_; }

private:
  std::string Title_;
  std::vector<std::shared_ptr<Field>> Fields_;
};

std::string Field::path() const {
  auto F = Form_.lock();
  return (F ? F->title() : "?") + "." + Name_;
}

int main() {
  std::string Paths;
  for (std::string Title : {"login", "search", "profile"}) {
    auto Page = std::make_shared<Form>(Title);
    auto User = Page->add("user");
    Paths += User->path() + " ";
  }
  std::cout << Paths << '\n';
  return Paths == "login.user search.user profile.user " ? 0 : 1;
}
