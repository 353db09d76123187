package dev.mlops.service;

/** Trains a model or serves one. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {}
}
