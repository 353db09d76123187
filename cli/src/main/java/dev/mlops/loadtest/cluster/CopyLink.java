package dev.mlops.loadtest.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mlops.loadtest.WorkerLink;
import dev.mlops.platform.Jobs;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;

/** A worker in a copy of a job. */
final class CopyLink implements WorkerLink {
  private final Jobs.Running job;
  private final int copy;
  private final Jobs.Channel channel;
  private final BufferedReader frames;
  private final Writer commands;

  CopyLink(Jobs.Running job, int copy, Jobs.Channel channel) {
    this.job = job;
    this.copy = copy;
    this.channel = channel;
    this.frames = new BufferedReader(new InputStreamReader(channel.in(), UTF_8));
    this.commands = new BufferedWriter(new OutputStreamWriter(channel.out(), UTF_8));
  }

  @Override
  public BufferedReader frames() {
    return frames;
  }

  @Override
  public Writer commands() {
    return commands;
  }

  @Override
  public String ending() {
    try {
      return job.ending(copy);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "unknown";
    }
  }

  void close() {
    channel.close();
  }
}
