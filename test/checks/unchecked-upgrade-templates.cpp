// RUN: %lint borrow-unchecked-upgrade

// Template instantiations, macros, test macros that return.

#include <memory>
#include <vector>

struct Node {
  int Value = 0;
};
struct Leaf {
  int Value = 0;
};

using Weak = std::weak_ptr<Node>;

template <class T> int bad_template(const std::weak_ptr<T> &W) {
  return W.lock()->Value;
  // expected-warning@-1 {{the upgraded handle may be empty here: its object can be gone}}
  // expected-note@-2 {{upgraded from 'W' here}}
}

template <class T> int ok_template(const std::weak_ptr<T> &W) {
  auto P = W.lock();
  return P ? P->Value : 0;
}

// Never instantiated: nothing is known of T.
template <class T> int ok_uninstantiated(const T &W) { return W.lock()->Value; }

int instantiate(const Weak &W, const std::weak_ptr<Leaf> &V) {
  return bad_template(W) + bad_template(V) + ok_template(W) + ok_template(V);
}

template <class T> class Observers {
  std::vector<std::weak_ptr<T>> List;

public:
  int bad_member() const {
    int Sum = 0;
    for (auto &W : List)
      Sum += W.lock()->Value;
      // expected-warning@-1 {{the upgraded handle may be empty here: its object can be gone}}
      // expected-note@-2 {{upgraded from 'W' here}}
    return Sum;
  }

  int ok_member() const {
    int Sum = 0;
    for (auto &W : List)
      if (auto P = W.lock())
        Sum += P->Value;
    return Sum;
  }
};

template class Observers<Node>;
template class Observers<Leaf>;

template <bool Checked> int okIfChecked(const Weak &W) {
  auto P = W.lock();
  if constexpr (Checked) {
    if (!P)
      return 0;
    return P->Value;
  }
  return P != nullptr;
}

int ok_constexpr_branch(const Weak &W) {
  return okIfChecked<true>(W) + okIfChecked<false>(W);
}

int bad_generic_lambda(const Weak &W) {
  auto Read = [](const auto &V) {
    return V.lock()->Value;
    // expected-warning@-1 {{the upgraded handle may be empty here: its object can be gone}}
    // expected-note@-2 {{upgraded from 'V' here}}
  };
  return Read(W);
}

int ok_generic_lambda(const Weak &W) {
  auto Read = [](const auto &V) {
    auto P = V.lock();
    return P ? P->Value : 0;
  };
  return Read(W);
}

// Macros.

#define UPGRADE(W) ((W).lock())  // expected-note {{expanded from macro 'UPGRADE'}}
#define RETURN_IF_GONE(P)                                                      \
  do {                                                                         \
    if (!(P))                                                                  \
      return 0;                                                                \
  } while (false)

int bad_macro(const Weak &W) {
  return UPGRADE(W)->Value;
  // expected-warning@-1 {{the upgraded handle may be empty here: its object can be gone}}
  // expected-note@-2 {{upgraded from 'W' here}}
}

int ok_macro(const Weak &W) {
  auto P = UPGRADE(W);
  RETURN_IF_GONE(P);
  return P->Value;
}

// The shapes of the assertions of common test frameworks.

struct AssertionResult {
  bool Success;
  explicit AssertionResult(bool S) : Success(S) {}
  operator bool() const { return Success; }
};
void report(const char *Text);

#define ASSERT_TRUE(Condition)                                                 \
  if (const AssertionResult Result{static_cast<bool>(Condition)})              \
    ;                                                                          \
  else                                                                         \
    return report(#Condition)
#define EXPECT_TRUE(Condition)                                                 \
  if (const AssertionResult Result{static_cast<bool>(Condition)})              \
    ;                                                                          \
  else                                                                         \
    report(#Condition)
#define ASSERT_NE(A, B)                                                        \
  if ((A) != (B))                                                              \
    ;                                                                          \
  else                                                                         \
    return report(#A)
#define REQUIRE(Condition)                                                     \
  do {                                                                         \
    if (!(Condition))                                                          \
      throw #Condition;                                                        \
  } while (false)

void use(int);

void ok_assert_true(const Weak &W) {
  auto P = W.lock();
  ASSERT_TRUE(P);
  use(P->Value);
}

void ok_assert_true_comparison(const Weak &W) {
  auto P = W.lock();
  ASSERT_TRUE(P != nullptr);
  use(P->Value);
}

void bad_expect_true(const Weak &W) {
  auto P = W.lock();  // expected-note {{upgraded from 'W' here}}
  EXPECT_TRUE(P);
  use(P->Value);  // expected-warning {{'P' may be empty here: its object can be gone}}
}

void ok_assert_ne(const Weak &W) {
  auto P = W.lock();
  ASSERT_NE(P, nullptr);
  use(P->Value);
}

void ok_require(const Weak &W) {
  auto P = W.lock();
  REQUIRE(P);
  use(P->Value);
}
