using HaoSuan.Orders;

namespace HaoSuan.Appeals;

/// <summary>
/// Decides an appeal. It moves no money: it tells the order what has happened, or withdraws what has not, in the same transaction,
/// and the next settlement run posts what follows from that.
/// </summary>
public sealed class DecideAppeal(AppealThread thread, Facts facts, OrdersToSettle orders, Audit audit, Actor actor, TimeProvider time)
{
    /// <summary>Who tells the facts of decisions, and the attribute by which they name the appeal.</summary>
    internal const string Source = "appeal";

    /// <param name="id">The appeal.</param>
    /// <param name="verdict">A rejection leaves the facts alone.</param>
    /// <param name="change">What it does to the order's facts.</param>
    /// <param name="reason">What the distributor reads, with the evidence.</param>
    /// <param name="cancel">Stops it.</param>
    public Task<Result<Done>> RunAsync(AppealId id, Verdict verdict, FactChange change, NewMessage reason, CancellationToken cancel = default) =>
        thread.WriteAsync(id, null, verdict == Verdict.Upheld ? MessageKind.Upheld : MessageKind.Rejected, reason, async appeal =>
        {
            var decided = appeal.ReadCourse().Decided(verdict, time.Now);
            if (decided.IsRefused) return decided;
            var order = (await orders.OneAsync(appeal.OrderId, cancel))!;       // there is no appeal without
            List<Refusal> faults = [.. FactRules.Faults(change, verdict, order.OrderedAt, order.Facts, time.Now)];
            if (faults.Count > 0) return faults;
            appeal.Owner ??= actor.Name;
            if (FactOf(appeal, change) is not { } fact) return decided;
            await facts.RecordAsync(fact, cancel);
            audit.Record("appeal.fact", $"order:{appeal.OrderId.Value}", $"{appeal.Number} {fact.Kind}");
            return decided;
        }, cancel);

    private NewFact? FactOf(AppealRow appeal, FactChange change)
    {
        // By the message that gives reason and evidence: the same decision tells the same fact.
        var name = NameOf(appeal.Id, appeal.MessageCount + 1);
        return change switch
        {
            FactChange.Add add => new(appeal.OrderId, add.Kind, add.At, Source, name, add.Amount, With(add.Attributes, appeal.Number)),
            FactChange.Void { Fact: var of } => new(
                appeal.OrderId, "void", time.Now, Source, name, null, With(new Dictionary<string, string>(), appeal.Number), of),
            _ => null,
        };
    }

    internal static string NameOf(AppealId appeal, int message) => $"{appeal.Value}:{message}";

    private static Dictionary<string, string> With(IReadOnlyDictionary<string, string> attributes, string appeal) =>
        new(attributes, StringComparer.Ordinal) { [Source] = appeal };
}
