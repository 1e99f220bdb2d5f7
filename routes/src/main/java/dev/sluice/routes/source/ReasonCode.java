package dev.sluice.routes.source;

import dev.sluice.grammar.CallNode;
import dev.sluice.grammar.Diagnostic;
import dev.sluice.grammar.RouteNode;
import dev.sluice.grammar.Span;
import dev.sluice.routes.compile.RouteCode;
import dev.sluice.routes.declare.ArgumentCode;
import java.util.List;

/// Why a route is invalid, in the words of Skipper's metrics.
final class ReasonCode {
  private ReasonCode() {}

  static String of(RouteNode node, Diagnostic reason) {
    if (reason.code() instanceof ArgumentCode code) {
      return switch (code) {
        case UNKNOWN_FILTER -> "unknown_filter";
        case UNKNOWN_PREDICATE -> "unknown_predicate";
        case ARGUMENT_COUNT, ARGUMENT_TYPE, ARGUMENT_VALUE, ARGUMENTS_TOGETHER -> argumentsOf(node, reason.span());
        case UNKNOWN_ALGORITHM, DEPRECATED_NAME -> "other";
      };
    }
    if (reason.code() instanceof RouteCode code) {
      return switch (code) {
        case BAD_ADDRESS, FORWARD_WITHOUT_ADDRESS -> "failed_backend_split";
        case FILTER_SWITCHED_OFF -> "unknown_filter";
        case CANNOT_RUN -> argumentsOf(node, reason.span());
        case SEVERAL_PATHS, REPEATED_PREDICATE, EDIT_NOT_PARSED, TOO_MUCH_WEIGHT, VARIABLE_NOT_SET, SOURCE_UNREADABLE, SOURCE_EMPTIED,
            NOT_ONE_ROUTE -> "other";
      };
    }
    return "other";
  }

  private static String argumentsOf(RouteNode node, Span span) {
    if (hold(node.predicates(), span)) {
      return "invalid_predicate_params";
    }
    return hold(node.filters(), span) ? "invalid_filter_params" : "other";
  }

  private static boolean hold(List<CallNode> calls, Span span) {
    return calls.stream().anyMatch(call -> call.span().start() <= span.start() && span.end() <= call.span().end());
  }
}
