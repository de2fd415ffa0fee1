package io.salient.ranking.table;

import io.salient.ranking.view.NeuronRanks;
import io.salient.ranking.view.NeuronTable;

/** What is told of the neurons of one list. */
public final class ListTables {
  private ListTables() {}

  /** The page of a list: one row per neuron. */
  public static Table of(NeuronTable page) {
    Table table =
        new Table(
            "neurons",
            "a neuron of a list, beside the baseline",
            "concept:name,label:name,step:long,rank:int,layer:int,unit:int,score:double,"
                + "weight:float,mass:double,baseline_rank:int,entered:boolean,labels,"
                + "cluster:int,words");
    for (NeuronTable.Row row : page.neurons()) {
      table.row(
          page.concept(),
          page.label(),
          page.step(),
          row.rank(),
          row.layer(),
          row.unit(),
          row.score(),
          row.weight(),
          row.mass(),
          row.baselineRank(),
          row.entered(),
          String.join(" ", row.labels()),
          row.cluster(),
          String.join(" ", row.words()));
    }
    return table;
  }

  /** Ranks over steps: one row per neuron and step. */
  public static Table of(NeuronRanks ranks) {
    Table table =
        new Table(
            "ranks",
            "a neuron at a step; without a rank where it is not listed",
            "concept:name,label:name,layer:int,unit:int,step:long,final:boolean,listed:int,"
                + "rank:int");
    for (NeuronRanks.Line neuron : ranks.neurons()) {
      for (int i = 0; i < ranks.steps().size(); i++) {
        NeuronRanks.Step step = ranks.steps().get(i);
        table.row(
            ranks.concept(),
            ranks.label(),
            neuron.layer(),
            neuron.unit(),
            step.step(),
            step.isFinal(),
            step.listed(),
            neuron.ranks().get(i));
      }
    }
    return table;
  }
}
