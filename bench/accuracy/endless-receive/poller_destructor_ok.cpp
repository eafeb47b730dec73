// oracle: timeout
// Telemetry: the destructor waits for a worker that reads until the end.
#include "channel.h"
#include <iostream>
#include <memory>
#include <optional>
#include <thread>

class Telemetry {
public:
  explicit Telemetry(std::shared_ptr<double> Sum) {
    auto [Tx, Rx] = bb::channel<double>();
    Tx_.emplace(std::move(Tx));
    Worker_ = std::thread([Sum, In = std::move(Rx)] {
      while (auto Value = In.recv())
        *Sum += *Value;
    });
  }
  ~Telemetry() {
    Tx_.reset();
    Worker_.join();
  }
  Telemetry(const Telemetry &) = delete;

  bool report(double Value) { return Tx_->send(Value); }

private:
  std::optional<bb::Sender<double>> Tx_;
  std::thread Worker_;
};

double poll(const bb::Receiver<double> &Rx, int Times) {
  double Sum = 0;
  for (int I = 0; I < Times; ++I)
    if (auto Value = Rx.try_recv())
      Sum += *Value;
  return Sum;
}

int main() {
  auto Sum = std::make_shared<double>(0);
  {
    Telemetry T(Sum);
    if (!T.report(1.5) || !T.report(2.5))
      return 1;
  }
  auto [Tx, Rx] = bb::channel<double>();
  bool Sent = Tx.send(3);
  double Polled = poll(Rx, 10);
  std::cout << *Sum << ' ' << Polled << '\n';
  return Sent && *Sum == 4 ? 0 : 1;
}
