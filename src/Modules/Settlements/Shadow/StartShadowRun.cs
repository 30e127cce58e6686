using System.Text.Json;
using HaoSuan.Catalog;
using HaoSuan.Distributors;
using HaoSuan.Orders;
using HaoSuan.Settling;

namespace HaoSuan.Settlements;

/// <summary>
/// Starts a shadow run (试算): the orders of some months are settled by a version that is not live, beside what each order has
/// pinned. Nothing of it is booked. The parts follow through the outbox, each of a bounded number of orders.
/// </summary>
public sealed class StartShadowRun(
    Db db, Schemes schemes, Products products, OrdersToSettle orders, Outbox outbox, Audit audit, Actor actor, TenantScope tenant, TimeProvider time)
{
    public const int MostMonths = 24;

    public Task<Result<ShadowRunId>> RunAsync(NewShadowRun asked, CancellationToken cancel = default) =>
        db.InTransaction(() => StartAsync(asked, time.Now, cancel), cancel);

    private async Task<Result<ShadowRunId>> StartAsync(NewShadowRun asked, Instant now, CancellationToken cancel)
    {
        if (await schemes.FindVersionAsync(asked.ProductId, asked.Version, cancel) is not { } version)
            return new Refusal("settlements.version_unknown", asked.Version);
        var price = (await products.FindAsync(asked.ProductId, cancel))!.Price;     // a version has its product
        if (Faults(asked, version.Scheme, price, now, tenant.Zone).ToList() is { Count: > 0 } faults) return faults;
        var supposed = JsonSerializer.Serialize(asked.Rates.Select(Supposed.Of), Json.Options);
        if (await UnderWayAsync(asked, version.Json, supposed, cancel) is { } running) return running;      // sent twice
        var (id, asOf) = (NewId.Of<ShadowRunId>(time), asked.AsOf ?? now);
        db.Add(new ShadowRunRow
        {
            Id = id,
            ProductId = asked.ProductId,
            Version = asked.Version,
            Scheme = version.Json,
            FirstMonth = asked.First,
            LastMonth = asked.Last,
            AsOf = asOf,
            Supposed = supposed,
            StartedAt = now,
            StartedBy = actor.Name,
            Expected = await orders.CountOfProductAsync(SpanOf(asked.ProductId, asked.First, asked.Last, asOf, tenant.Zone), cancel),
            Outcome = JsonSerializer.Serialize(ShadowOutcome.Nothing, Json.Options),
        });
        outbox.Publish(new ShadowPartDue(id, 0));
        audit.Record("shadow.started", $"product:{asked.ProductId.Value}", $"v{asked.Version} {asked.First}..{asked.Last}");
        return id;
    }

    internal static ProductSpan SpanOf(ProductId product, Month first, Month last, Instant asOf, Zone zone) =>
        new(product, zone.StartOf(first.First), zone.StartOf((last + 1).First), asOf);

    private static IEnumerable<Refusal> Faults(NewShadowRun asked, Scheme scheme, Money price, Instant now, Zone zone)
    {
        if (asked.Last < asked.First) yield return new Refusal("settlements.shadow_months_reversed").On("last");
        else if (asked.Last - asked.First >= MostMonths) yield return new Refusal("settlements.shadow_months_many", MostMonths).On("last");
        if (asked.Last > Month.Of(zone.DateOf(now))) yield return new Refusal("settlements.shadow_month_future").On("last");
        if (asked.AsOf > now) yield return new Refusal("settlements.shadow_future").On("asOf");
        foreach (var rate in asked.Rates)
        {
            if (scheme.Differential == Differential.Strict && rate.Child.IsAbove(rate.Top, price))
                yield return new Refusal("settlements.shadow_rate_above", RateText.Of(rate.Top)).On($"child-{rate.Stage}");
        }
    }

    private async Task<ShadowRunId?> UnderWayAsync(NewShadowRun asked, string scheme, string supposed, CancellationToken cancel)
    {
        var (product, version, first, last) = (asked.ProductId, asked.Version, asked.First, asked.Last);
        var running = await db.ShadowRuns.AsNoTracking().Where(r =>
            r.ProductId == product && r.Version == version && r.FinishedAt == null && r.FirstMonth == first && r.LastMonth == last).ToListAsync(cancel);
        return running.Find(r => r.Scheme == scheme && r.Supposed == supposed && r.AsOf == (asked.AsOf ?? r.AsOf))?.Id;
    }

    /// <summary>A supposed rate as a run keeps it.</summary>
    internal sealed record Supposed(string Stage, string Top, string Child)
    {
        public static Supposed Of(SupposedRate rate) => new(rate.Stage, RateText.Of(rate.Top), RateText.Of(rate.Child));

        public SupposedRate ToRate() => new(Stage, Read(Top), Read(Child));

        public static IReadOnlyList<SupposedRate> Read(ShadowRunRow run) =>
            JsonSerializer.Deserialize<List<Supposed>>(run.Supposed, Json.Options)!.ConvertAll(s => s.ToRate());

        private static Rate Read(string text) => RateText.TryRead(text, out var rate) ? rate : throw new JsonException($"Not a rate: {text}");
    }
}
