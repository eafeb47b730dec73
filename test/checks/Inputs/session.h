// A header of a project, whose classes are partly defined elsewhere.
#pragma once
#include <functional>
#include <memory>

struct SeenSession {
  void set(std::function<void()> F) { Done = F; }
  // expected-note@-1 {{stored here, inside the callee}}
  void run() const;
  std::function<void()> Done;
};

struct UnseenSession {
  void set(std::function<void()> F) { Done = F; }
  void established();
  std::function<void()> Done;
};
