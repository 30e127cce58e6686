using HaoSuan.Catalog;
using HaoSuan.Orders;
using HaoSuan.Settling;

namespace HaoSuan.Settlements;

/// <summary>
/// What a version changes in the bonuses (阶梯奖励). Bonuses span orders, so a distributor's month is compared as a whole: its cards
/// as they are booked when the run ends, and those with what the version changes in the orders of the run.
/// </summary>
internal sealed class CompareBonuses(Db db, Schemes schemes, Products products, BonusTargets targets, TenantScope tenant)
{
    /// <summary>The stages by which the product's cards count.</summary>
    public async Task<Coverage> CoverageAsync(string product, CancellationToken cancel) => new(await OfAsync(product, cancel));

    /// <summary>Adds what a part changes. Joins its transaction.</summary>
    public Task CountAsync(ShadowRunId run, CardCounts changes, CancellationToken cancel) =>
        ShadowCardRow.Insert.RunAsync(db, [.. changes.Rows().Select(c => new ShadowCardRow
        {
            RunId = run,
            Month = c.Month,
            Stage = c.Stage,
            DistributorId = c.DistributorId,
            Own = c.Own,
            Team = c.Team,
        })], cancel);

    /// <summary>Compares the months whose cards change, when all parts are done. Joins the transaction of the last one.</summary>
    public async Task CompareAsync(ShadowRunRow run, ShadowTally tally, CancellationToken cancel)
    {
        var id = run.Id;
        var changes = await db.ShadowCards.AsNoTracking().Where(c => c.RunId == id && (c.Own != 0 || c.Team != 0)).ToListAsync(cancel);
        await db.ShadowCards.Where(c => c.RunId == id).ExecuteDeleteAsync(cancel);
        if (changes.Count == 0) return;
        var product = (await products.FindAsync(run.ProductId, cancel))!;     // a run has its product
        List<ShadowBonusRow> rows = [];
        foreach (var bonus in await OfAsync(product.Code, cancel))
        {
            foreach (var month in changes.Where(c => c.Stage == bonus.Bonus.Stage && bonus.Covers(c.Month)).GroupBy(c => c.Month).OrderBy(m => m.Key))
            {
                var booked = await targets.CardsAsync(bonus.Bonus, month.Key, cancel);
                rows.AddRange(month.Select(c => Compare(run, bonus.Bonus, c, booked.GetValueOrDefault(c.DistributorId), tally)).OfType<ShadowBonusRow>());
            }
        }
        await ShadowBonusRow.Insert.RunAsync(db, rows, cancel);
    }

    private ShadowBonusRow? Compare(ShadowRunRow run, Bonus bonus, ShadowCardRow change, int booked, ShadowTally tally)
    {
        var (month, who) = (change.Month, change.DistributorId);
        var cards = Math.Max(0, booked + (bonus.Scope == Scope.Team ? change.Team : change.Own));
        var (live, draft) = (LineOf(booked), LineOf(cards));
        var compared = new ShadowBonus(bonus.Key, month, who, booked, cards, live?.Amount ?? default, draft?.Amount ?? default);
        if (compared.Live == compared.Draft) return null;
        tally.Add(compared, (live ?? draft)!.Value.Key.State == State.Available);      // they differ, so one of them is there
        return new()
        {
            RunId = run.Id,
            Bonus = bonus.Key,
            Month = month,
            DistributorId = who,
            LiveCards = booked,
            DraftCards = cards,
            Live = compared.Live,
            Draft = compared.Draft,
            Weight = new(Math.Abs((compared.Draft - compared.Live).Minor)),
        };

        Line? LineOf(int number) => bonus.LineFor(OrderToSettle.Name(who), month, number, tenant.Zone, run.AsOf);
    }

    /// <summary>The live bonuses for which cards of the product count. One that was approved since the last settlement has no booked cards yet.</summary>
    private async Task<IReadOnlyList<PublishedBonus>> OfAsync(string product, CancellationToken cancel)
    {
        var counted = await db.BonusCoverage.AsNoTracking().Select(c => c.Bonuses).SingleOrDefaultAsync(cancel) ?? "";
        var known = counted.Split('\n').ToHashSet(StringComparer.Ordinal);
        return [.. (await schemes.BonusesAsync(cancel)).Where(b => (b.Bonus.Products?.Contains(product) ?? true) && known.Contains(Coverage.NameOf(b)))];
    }
}
