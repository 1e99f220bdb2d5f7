package dev.sluice.routes.spi;

/// A filter whose spec is its own running instance.
public interface StatelessFilter extends FilterSpec, Filter {
  @Override
  default Filter create(Services services, Site site) {
    return this;
  }
}
