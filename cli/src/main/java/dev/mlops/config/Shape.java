package dev.mlops.config;

import static java.util.Objects.requireNonNull;

import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What may stand at a place of the file, read off the record components. */
sealed interface Shape {
  ClassValue<Section> KNOWN =
      new ClassValue<>() {
        @Override
        protected Section computeValue(Class<?> type) {
          return new Section(
              type.asSubclass(Record.class),
              Arrays.stream(type.getRecordComponents()).map(Shape::key).toList());
        }
      };

  record Value(ValueType<?> type, Optional<Range> range) implements Shape {}

  record Choice(List<? extends Enum<?>> constants) implements Shape {
    List<String> labels() {
      return constants.stream().map(Shape::label).toList();
    }
  }

  record ListOf(Shape item) implements Shape {}

  record MapOf(Shape value) implements Shape {}

  record Section(Class<? extends Record> type, List<Key> keys) implements Shape {
    List<String> names() {
      return keys.stream().map(Key::name).toList();
    }

    Optional<Key> key(String name) {
      return keys.stream().filter(key -> key.name().equals(name)).findFirst();
    }

    /** Takes null for a key that is not there: the record's own default. */
    Record make(Object... values) throws ReflectiveOperationException {
      Class<?>[] types =
          Arrays.stream(type.getRecordComponents())
              .map(RecordComponent::getType)
              .toArray(Class<?>[]::new);
      Constructor<? extends Record> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    }
  }

  /**
   * @param optional whether the component is an {@link Optional}: no default, and not needed
   */
  record Key(RecordComponent component, Shape shape, boolean optional) {
    String name() {
      Written written = component.getAnnotation(Written.class);
      return written == null ? component.getName() : written.value();
    }

    String doc() {
      return requireNonNull(component.getAnnotation(Doc.class), component + " has no @Doc").value();
    }

    Optional<Required> required() {
      return Optional.ofNullable(component.getAnnotation(Required.class));
    }

    Object valueIn(Record section) {
      try {
        component.getAccessor().setAccessible(true);
        return component.getAccessor().invoke(section);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  static Section of(Class<? extends Record> type) {
    return KNOWN.get(type);
  }

  /** An enum constant as it is written: lower case and hyphens. */
  static String label(Enum<?> constant) {
    return constant.toString().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Key key(RecordComponent component) {
    Optional<Range> range = Optional.ofNullable(component.getAnnotation(Range.class));
    Type type = component.getGenericType();
    boolean optional = component.getType() == Optional.class;
    return new Key(component, of(optional ? argument(type, 0) : type, range), optional);
  }

  private static Shape of(Type type, Optional<Range> range) {
    return switch (type) {
      case ParameterizedType list when list.getRawType() == List.class ->
          new ListOf(of(argument(list, 0), range));
      case ParameterizedType map when map.getRawType() == Map.class ->
          new MapOf(of(argument(map, 1), range));
      case Class<?> choice when choice.isEnum() ->
          new Choice(Arrays.stream(choice.getEnumConstants()).map(each -> (Enum<?>) each).toList());
      case Class<?> section when section.isRecord() && !ValueType.exists(section) ->
          of(section.asSubclass(Record.class));
      case Class<?> value -> new Value(ValueType.of(value), range);
      default -> throw new IllegalArgumentException("no shape for " + type);
    };
  }

  private static Type argument(Type type, int index) {
    return ((ParameterizedType) type).getActualTypeArguments()[index];
  }
}
