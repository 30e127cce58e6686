using System.Text;
using System.Text.Json;
using HaoSuan.Catalog;
using HaoSuan.Distributors;
using HaoSuan.Orders;
using HaoSuan.Settling;
using HaoSuan.Settling.Cases;

namespace HaoSuan.Settlements;

/// <summary>
/// Compares the next part of a shadow run and asks for the one after it, in one transaction: a part that is delivered twice is
/// done once, and a run that was cut off goes on where it stood. It reads orders and facts, and writes only what it has found.
/// </summary>
internal sealed class CompareShadowPart(
    Db db, OrdersToSettle orders, Schemes schemes, CompareBonuses bonuses, Tree tree, Outbox outbox, TenantScope tenant,
    TimeProvider time) : IFollow<ShadowPartDue>
{
    private const int Chunk = 1_000;

    /// <summary>How many orders a part has, so that it is done long before the outbox would deliver it anew.</summary>
    public int Size { get; set; } = 5_000;

    public async Task FollowAsync(ShadowPartDue happened, CancellationToken cancel)
    {
        var (id, part) = (happened.Run, happened.Part);
        var run = await db.ShadowRuns.AsNoTracking().SingleAsync(r => r.Id == id, cancel);
        if (run.Part != part || run.FinishedAt is not null) return;
        var found = await CompareAsync(run, cancel);
        await db.InTransaction(() => KeepAsync(id, part, found, cancel), cancel);
    }

    private async Task<Found> CompareAsync(ShadowRunRow run, CancellationToken cancel)
    {
        var draft = Read(run);
        var terms = new ShadowTerms(draft, StartShadowRun.Supposed.Read(run));
        var span = StartShadowRun.SpanOf(run.ProductId, run.FirstMonth, run.LastMonth, run.AsOf, tenant.Zone);
        var coverage = await bonuses.CoverageAsync(draft.Product, cancel);
        var found = new Found(new(JsonSerializer.Deserialize<ShadowOutcome>(run.Outcome, Json.Options)!))
        {
            Last = run.LastAt is { } at && run.LastOrder is { } order ? (at, order) : null,
        };
        while (Math.Min(Chunk, Size - found.Orders) is > 0 and var take && await orders.OfProductAsync(span, take, found.Last, cancel) is { Count: > 0 } page)
        {
            var current = await tree.RatesOfAsync([.. page.SelectMany(terms.Lacking).Distinct()], run.ProductId, run.StartedAt, cancel);
            foreach (var placed in page)
            {
                var (complete, added) = terms.Of(placed, current);
                var live = (await schemes.FindAsync(placed.ProductId, placed.SchemeVersion, cancel)).Scheme;
                var compared = new ShadowComparison(
                    Evaluation.Of(placed, live, run.AsOf, tenant.Zone), Evaluation.Of(complete, draft, run.AsOf, tenant.Zone), live, draft);
                found.Add(run.Id, placed, compared, added);
                found.Count(placed, compared, coverage, tenant.Zone);
            }
        }
        return found;
    }

    private async Task KeepAsync(ShadowRunId id, int part, Found found, CancellationToken cancel)
    {
        var run = await db.ShadowRuns.Where(r => r.Id == id).ForUpdate().SingleAsync(cancel);
        if (run.Part != part || run.FinishedAt is not null) return;     // somebody else was first
        (run.Part, run.LastAt, run.LastOrder) = (part + 1, found.Last?.At ?? run.LastAt, found.Last?.Id ?? run.LastOrder);
        (run.Orders, run.Changed, run.Refused) = (run.Orders + found.Orders, run.Changed + found.Changed, run.Refused + found.Refused);
        await ShadowOrderRow.Insert.RunAsync(db, found.Rows, cancel);
        await bonuses.CountAsync(id, found.Cards, cancel);
        if (found.Orders < Size)
        {
            await bonuses.CompareAsync(run, found.Tally, cancel);
            run.FinishedAt = time.Now;
        }
        else
        {
            outbox.Publish(new ShadowPartDue(id, part + 1));
        }
        run.Outcome = JsonSerializer.Serialize(found.Tally.Outcome, Json.Options);
    }

    private static Scheme Read(ShadowRunRow run) => SchemeText.TryRead(Encoding.UTF8.GetBytes(run.Scheme), out var scheme, out _)
        ? scheme
        : throw new InvalidOperationException($"The scheme of the shadow run {run.Id.Value} cannot be read any more.");

    /// <summary>What a part has found.</summary>
    private sealed class Found(ShadowTally tally)
    {
        public ShadowTally Tally => tally;
        public List<ShadowOrderRow> Rows { get; } = [];

        /// <summary>What the draft changes in the cards that count for bonuses.</summary>
        public CardCounts Cards { get; } = new();

        public (Instant At, OrderId Id)? Last { get; set; }
        public int Orders { get; private set; }
        public int Changed { get; private set; }
        public int Refused { get; private set; }

        public void Add(ShadowRunId run, OrderToSettle order, ShadowComparison compared, IReadOnlyList<(string, bool)> added)
        {
            var findings = compared.Findings();
            tally.Add(compared, findings);
            if (compared.Draft.Refusal is null) tally.AddRates(added);
            (Last, Orders) = ((order.OrderedAt, order.Id), Orders + 1);
            if (findings.Count == 0) return;
            if (compared.Draft.Refusal is null) Changed++;
            else Refused++;
            Rows.Add(RowOf(run, order, compared, findings));
        }

        /// <summary>An order that a side refuses changes no card.</summary>
        public void Count(OrderToSettle order, ShadowComparison compared, Coverage coverage, Zone zone)
        {
            if (compared.Refusal is not null) return;
            foreach (var (scheme, side, number) in new[] { (compared.LiveScheme, compared.Live, -1), (compared.DraftScheme, compared.Draft, 1) })
            {
                foreach (var card in coverage.Counted(Settlement.StagesOf(scheme, side.Target), zone))
                    Cards.Add(order.ProductId, order.Chain, card, number);
            }
        }

        private static ShadowOrderRow RowOf(
            ShadowRunId run, OrderToSettle order, ShadowComparison compared, IReadOnlyList<ShadowFinding> findings)
        {
            var (live, draft) = (ShadowComparison.AmountsOf(compared.Live.Target), ShadowComparison.AmountsOf(compared.Draft.Target));
            var change = draft - live;
            return new()
            {
                RunId = run,
                OrderId = order.Id,
                OrderNo = order.OrderNo,
                OrderedAt = order.OrderedAt,
                LiveUpstream = live.Upstream,
                LiveCommission = live.Commission,
                DraftUpstream = draft.Upstream,
                DraftCommission = draft.Commission,
                Weight = new(Math.Abs(change.Upstream.Minor) + Math.Abs(change.Commission.Minor)),
                Reasons = findings.Aggregate(0, (bits, f) => bits | ShadowOrderRow.Bit(f.Reason)),
                Refusal = compared.Refusal is { } refusal ? RefusalText.Write(refusal) : null,
                Findings = JsonSerializer.Serialize(findings, Json.Options),
            };
        }
    }
}
