// oracle: timeout
// Handshake: both ends of the reply channel stay in this function.
#include "channel.h"
#include <iostream>
#include <string>
#include <thread>
#include <utility>

struct Request {
  std::string Text;
  int ReplyTo;
};

void serve(bb::Receiver<Request> Requests) {
  while (auto R = Requests.recv()) {
    std::cout << "request " << R->Text << " of " << R->ReplyTo << '\n';
  }
}

std::string ask(const bb::Sender<Request> &Server, std::string Text) {
  auto [ReplyTx, ReplyRx] = bb::channel<std::string>();
  if (!Server.send({std::move(Text), 1}))
    return "closed";
  return ReplyRx.recv().value_or("no reply"); /*BUG*/
}

int main() {
  auto [Tx, Rx] = bb::channel<Request>();
  std::thread Server(serve, std::move(Rx));
  std::string Reply = ask(Tx, "hello");
  bb::drop(std::move(Tx));
  Server.join();
  std::cout << Reply << '\n';
  return Reply == "hello!" ? 0 : 1;
}
