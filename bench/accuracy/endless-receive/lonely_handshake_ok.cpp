// oracle: timeout
// Handshake: both ends of the reply channel stay in this function.
#include "channel.h"
#include <iostream>
#include <string>
#include <thread>
#include <utility>

struct Request {
  std::string Text;
  bb::Sender<std::string> ReplyTo;
};

void serve(bb::Receiver<Request> Requests) {
  while (auto R = Requests.recv()) {
    if (!R->ReplyTo.send(R->Text + "!"))
      std::cout << "client is gone\n";
  }
}

std::string ask(const bb::Sender<Request> &Server, std::string Text) {
  auto [ReplyTx, ReplyRx] = bb::channel<std::string>();
  if (!Server.send({std::move(Text), std::move(ReplyTx)}))
    return "closed";
  return ReplyRx.recv().value_or("no reply");
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
