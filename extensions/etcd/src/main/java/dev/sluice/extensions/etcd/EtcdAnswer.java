package dev.sluice.extensions.etcd;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// The JSON document that etcd answers a call with.
///
/// @param action what was done: `get`, `set`, `delete`, `expire`…; empty for an error
/// @param node what it was done to; null for an error
/// @param error etcd's own code; 0 when there is none
/// @param message of an error
record EtcdAnswer(String action, @Nullable EtcdNode node, int error, String message) {
  static final int NOT_FOUND = 100;

  private static final JsonFactory FACTORY = new JsonFactory();

  /// @throws IOException when it is no such document
  static EtcdAnswer parse(byte[] body) throws IOException {
    try (JsonParser in = FACTORY.createParser(ObjectReadContext.empty(), body)) {
      if (in.nextToken() == JsonToken.START_OBJECT) {
        EtcdAnswer answer = answer(in);
        if (answer.error != 0 || !answer.message.isEmpty() || answer.node != null && !answer.node.key().isEmpty()) {
          return answer;
        }
      }
    } catch (JacksonException e) {
      // said below
    }
    throw new IOException("the answer is not one of etcd's keys API of version 2");
  }

  private static EtcdAnswer answer(JsonParser in) {
    String action = "";
    String message = "";
    EtcdNode node = null;
    int error = 0;
    while (in.nextToken() == JsonToken.PROPERTY_NAME) {
      String member = in.currentName();
      JsonToken value = in.nextToken();
      switch (member) {
        case "action" -> action = text(in, value);
        case "message" -> message = text(in, value);
        case "errorCode" -> error = (int) number(in, value);
        case "node" -> node = value == JsonToken.START_OBJECT ? node(in) : null;
        default -> in.skipChildren();
      }
    }
    return new EtcdAnswer(action, node, error, message);
  }

  private static EtcdNode node(JsonParser in) {
    String key = "";
    String content = "";
    boolean directory = false;
    long index = 0;
    List<EtcdNode> nodes = List.of();
    while (in.nextToken() == JsonToken.PROPERTY_NAME) {
      String member = in.currentName();
      JsonToken value = in.nextToken();
      switch (member) {
        case "key" -> key = text(in, value);
        case "value" -> content = text(in, value);
        case "dir" -> directory = value == JsonToken.VALUE_TRUE;
        case "modifiedIndex" -> index = number(in, value);
        case "nodes" -> nodes = nodes(in, value);
        default -> in.skipChildren();
      }
    }
    return new EtcdNode(key, content, directory, index, nodes);
  }

  private static List<EtcdNode> nodes(JsonParser in, JsonToken first) {
    var nodes = new ArrayList<EtcdNode>();
    if (first != JsonToken.START_ARRAY) {
      in.skipChildren();
      return nodes;
    }
    for (JsonToken token = in.nextToken(); token != null && token != JsonToken.END_ARRAY; token = in.nextToken()) {
      if (token == JsonToken.START_OBJECT) {
        nodes.add(node(in));
      } else {
        in.skipChildren();
      }
    }
    return nodes;
  }

  private static String text(JsonParser in, JsonToken value) {
    if (value == JsonToken.VALUE_STRING) {
      return in.getString();
    }
    in.skipChildren();
    return "";
  }

  private static long number(JsonParser in, JsonToken value) {
    if (value == JsonToken.VALUE_NUMBER_INT) {
      return in.getLongValue();
    }
    in.skipChildren();
    return 0;
  }
}
