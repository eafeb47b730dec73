// Tells a messenger when a value comes near to its limit.
#pragma once

#include <string_view>

class Messenger {
public:
  virtual ~Messenger() = default;
  virtual void send(std::string_view Message) const = 0;
};

class LimitTracker {
public:
  LimitTracker(const Messenger &Out, double Limit) : Out(Out), Limit(Limit) {}

  void setValue(double Value) {
    double Share = Value / Limit;
    if (Share >= 1.0)
      Out.send("error: you are over your quota");
    else if (Share >= 0.9)
      Out.send("urgent: you have used up over 90% of your quota");
    else if (Share >= 0.75)
      Out.send("warning: you have used up over 75% of your quota");
  }

private:
  const Messenger &Out;
  double Limit;
};
