using System.Diagnostics;
using HaoSuan.Settling;
using HaoSuan.Settling.Cases;

namespace HaoSuan.Bench;

/// <summary>
/// Target evaluations per second on one core: the orders of all worked cases, each copied with a history of its own until
/// there are 100,000, so that memory is read as a run over many orders reads it. The best of seven rounds counts.
/// </summary>
internal static class Targets
{
    private const int Orders = 100_000;
    private const int Rounds = 7;

    public static void Measure(string[] _)
    {
        var cases = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "cases"))
            .Where(file => !file.EndsWith(".expected.json", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(Read).ToList();
        var mixed = cases.SelectMany(c => c.Orders.Select(order => (order.Order, order.History, AsOf: c.AsOf[^1]))).ToList();
        var work = Enumerable.Range(0, Orders).Select(i => Copy(mixed[i % mixed.Count], i)).ToArray();

        var (lines, bytes, best) = (0L, long.MaxValue, TimeSpan.MaxValue);
        for (var round = 0; round < Rounds; round++)
        {
            var (elapsed, allocated, found) = Round(work);
            (lines, bytes, best) = (found, Math.Min(bytes, allocated), elapsed < best ? elapsed : best);
        }
        var facts = work.Average(w => w.History.Facts.Length);
        Console.WriteLine("| targets, one core | |\n| --- | ---: |");
        Console.WriteLine($"| orders (kinds of order) | {Orders:N0} ({mixed.Count}) |");
        Console.WriteLine($"| facts, lines per order | {facts:F1}, {(double)lines / Orders:F1} |");
        Console.WriteLine($"| evaluations per second | {Orders / best.TotalSeconds:N0} |");
        Console.WriteLine($"| allocated per order | {(double)bytes / Orders:F1} B |");
    }

    private static (TimeSpan Elapsed, long Allocated, long Lines) Round((Order Order, History History, Instant AsOf)[] work)
    {
        var evaluator = new Evaluator(Zone.Shanghai);
        var lines = 0L;
        var before = GC.GetAllocatedBytesForCurrentThread();
        var started = Stopwatch.GetTimestamp();
        foreach (var (order, history, asOf) in work)
        {
            evaluator.Evaluate(order, history, asOf);
            lines += evaluator.Lines.Length;
        }
        return (Stopwatch.GetElapsedTime(started), GC.GetAllocatedBytesForCurrentThread() - before, lines);
    }

    private static (Order Order, History History, Instant AsOf) Copy((Order Order, History History, Instant AsOf) one, int number)
    {
        var facts = one.History.Facts.ToArray().Where(fact => fact.Id != FactKind.Ordered).Select(fact => fact with { });
        return (one.Order with { Id = $"O{number}" }, History.Of(one.Order.OrderedAt, facts).Value, one.AsOf);
    }

    private static Case Read(string file) =>
        Case.TryRead(File.ReadAllBytes(file), out var read, out var faults) ? read : throw new InvalidDataException($"{file}: {faults[0]}");
}
