package dev.sluice.routes.declare;

import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Makes a [CatalogEntry] from the annotations of a record.
final class DeclarationReader {
  private DeclarationReader() {}

  static CatalogEntry read(CatalogEntry.Kind kind, Class<?> type) {
    Declaration declaration = type.getAnnotation(Declaration.class);
    if (declaration == null) {
      throw new IllegalArgumentException(type.getName() + " has no @Declaration");
    }
    var parameters = new ArrayList<Parameter>();
    if (type.isRecord()) {
      for (RecordComponent component : type.getRecordComponents()) {
        parameters.add(parameter(type, component));
      }
    }
    return new CatalogEntry(
        kind,
        declaration.name(),
        List.of(declaration.aliases()),
        List.of(declaration.deprecatedNames()),
        declaration.summary(),
        parameters,
        Arrays.stream(declaration.examples())
            .map(example -> new CatalogEntry.Example(example.value(), example.request(), example.answer()))
            .toList(),
        declaration.ignoresArguments(),
        declaration.lastOneCounts(),
        declaration.answers(),
        type,
        type.isRecord() ? constructor(type) : null);
  }

  private static Parameter parameter(Class<?> owner, RecordComponent component) {
    Arg arg = component.getAnnotation(Arg.class);
    if (arg == null) {
      throw new IllegalArgumentException(owner.getName() + "." + component.getName() + " has no @Arg");
    }
    boolean optional = component.getType() == Optional.class;
    boolean variadic = component.getType() == List.class;
    Class<?> element = optional || variadic ? element(component.getGenericType()) : component.getType();
    return Parameter.of(component.getName(), arg, StandardTypes.of(element), optional, variadic);
  }

  private static Class<?> element(Type generic) {
    return (Class<?>) ((ParameterizedType) generic).getActualTypeArguments()[0];
  }

  /// Found, not linked: the JVM makes the fast way to call it when it is first used, and most are never used.
  private static Constructor<?> constructor(Class<?> type) {
    Class<?>[] components =
        Arrays.stream(type.getRecordComponents()).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(components);
      constructor.setAccessible(true);
      return constructor;
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(type.getName() + " cannot be built", e);
    }
  }
}
