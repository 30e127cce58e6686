using HaoSuan.Catalog;
using HaoSuan.Distributors;
using HaoSuan.Ledger;

namespace HaoSuan.Reports;

/// <summary>The operator's settlement report (结算报告) by month.</summary>
public sealed class MonthReports
{
    private const string Receivables = "asset:upstream_receivable:";
    private const string SuspenseAccounts = "suspense:";

    private readonly Db _db;
    private readonly Books _books;
    private readonly MonthPostings _postings;
    private readonly Products _products;
    private readonly Tree _tree;
    private readonly Tenants _tenants;
    private readonly TenantScope _tenant;

    internal MonthReports(
        Db db, Books books, MonthPostings postings, Products products, Tree tree, Tenants tenants, TenantScope tenant) =>
        (_db, _books, _postings, _products, _tree, _tenants, _tenant) = (db, books, postings, products, tree, tenants, tenant);

    public Task<MonthReport> OfAsync(Month month, CancellationToken cancel = default) =>
        _db.InSnapshot(() => MadeAsync(month, cancel), cancel);

    /// <summary>All months from the first with income or expenses to now, the newest first.</summary>
    public async Task<IReadOnlyList<MonthSummary>> MonthsAsync(Instant now, CancellationToken cancel = default)
    {
        var last = Month.Of(_tenant.Zone.DateOf(now));
        var closed = await _books.ClosedThroughAsync(cancel);
        var income = (await _books.MovedAsync(MonthSums.Income, new(0), last, cancel)).ToLookup(m => m.Period);
        var expenses = (await _books.MovedAsync(MonthSums.Expenses, new(0), last, cancel)).ToLookup(m => m.Period);
        var months = income.Concat(expenses).Select(g => g.Key).ToList();
        if (months.Count == 0) return [];
        return [.. Enumerable.Range(0, last - months.Min() + 1).Select(i => last + -i)
            .Select(m => new MonthSummary(m, -Sum(income[m]), Sum(expenses[m]), m <= closed))];
    }

    private async Task<MonthReport> MadeAsync(Month month, CancellationToken cancel)
    {
        var moved = await _postings.OfAsync(month, cancel);
        var figures = MonthSums.Figures(moved);
        var products = (await _products.AllAsync(cancel)).ToDictionary(p => p.Id.Value, p => p.Name);
        var upstreams = (await _products.UpstreamsAsync(cancel)).ToDictionary(u => u.Id.Value, u => u.Name);
        var byProduct = MonthSums.Margins(moved, m => m.Product, id => products[id]);
        var byUpstream = MonthSums.Margins(moved, m => m.Upstream, id => upstreams[id]);
        var payables = await PayablesAsync(moved, month, cancel);
        var receivables = await ReceivablesAsync(moved, month, upstreams, cancel);
        var suspense = (await _books.BalancesBeforeAsync(SuspenseAccounts, month + 1, cancel)).Where(b => !b.Balance.IsZero)
            .Select(b => new SuspenseRow(b.Account.Code[SuspenseAccounts.Length..] switch
            {
                "payments" => "金额不符的收款",
                "reconciliation" => "对账挂账",
                var name => name,
            }, b.Balance)).ToList();
        var ties = await TiesAsync(month, figures, byProduct, byUpstream, payables, receivables, cancel);
        return new(
            (await _tenants.FindAsync(_tenant.Id, cancel))!.Name,     // the scope's own tenant is there
            month, month <= await _books.ClosedThroughAsync(cancel), figures, byProduct, byUpstream, payables, receivables, suspense,
            await _postings.LateAsync(month, cancel), ties);
    }

    private async Task<List<PayableRow>> PayablesAsync(List<Moved> moved, Month month, CancellationToken cancel)
    {
        var balances = (await _books.BalancesBeforeAsync(Accounts.Distributors, month + 1, cancel)).ToDictionary(b => b.Account, b => -b.Balance);
        var byDistributor = moved.Where(MonthSums.IsDistributors).ToLookup(m => Accounts.DistributorOf(new(m.Code))!.Value);
        var names = (await _tree.AllAsync(cancel)).ToDictionary(d => d.Id, d => d.Name);
        var ids = balances.Where(b => !b.Value.IsZero).Select(b => Accounts.DistributorOf(b.Key)!.Value).Union(byDistributor.Select(g => g.Key));
        return [.. ids.Select(id => MonthSums.Payable(
                id, names.GetValueOrDefault(id, $"{id.Value}"), [.. byDistributor[id]], account => balances.GetValueOrDefault(account)))
            .OrderByDescending(r => r.Earned).ThenBy(r => r.Name, StringComparer.Ordinal)];
    }

    private async Task<List<ReceivableRow>> ReceivablesAsync(
        List<Moved> moved, Month month, Dictionary<Guid, string> names, CancellationToken cancel)
    {
        var booked = (await _books.MovedAsync(Receivables, new(0), month, cancel)).ToLookup(m => m.Account);
        var opening = (await _books.BalancesBeforeAsync(Receivables, month, cancel)).ToDictionary(b => b.Account, b => b.Balance);
        return [.. from account in booked
                   let id = Guid.Parse(account.Key.Code.AsSpan(Receivables.Length))
                   let change = MonthSums.Sum(moved.Where(m => m.Code == account.Key.Code))
                   let before = opening.GetValueOrDefault(account.Key)
                   let ages = Ageing.Of(account.Select(m => (m.Period, m.Debits)), before + change, month)
                   orderby before + change descending
                   select new ReceivableRow(UpstreamId.From(id), names[id], before, change, ages)];
    }

    // On the left what the report says, made from postings; on the right the ledger's own balances by month.
    private async Task<List<Tie>> TiesAsync(
        Month month, MonthFigures figures, List<MarginRow> products, List<MarginRow> upstreams, List<PayableRow> payables,
        List<ReceivableRow> receivables, CancellationToken cancel)
    {
        async Task<Money> Moved(string prefix) => Sum(await _books.MovedAsync(prefix, month, month, cancel));
        async Task<Money> Balance(string prefix) =>
            (await _books.BalancesBeforeAsync(prefix, month + 1, cancel)).Aggregate(Money.Zero, (sum, b) => sum + b.Balance);
        var margin = -await Moved(MonthSums.Income) - await Moved(MonthSums.Expenses);
        return
        [
            new("售卡收入，减退款", figures.CardSales, -await Moved(Accounts.CardSales.Code)),
            new("上游收入", figures.Upstream, -await Moved(Accounts.UpstreamCommission.Code)),
            new("佣金支出", figures.Commission, await Moved(Accounts.Commission.Code)),
            new("违约金收入", figures.Penalty, -await Moved(Accounts.Penalty.Code)),
            new("提现手续费收入", figures.PayoutFee, -await Moved(Accounts.PayoutFee.Code)),
            new("渠道手续费", figures.GatewayFee, await Moved(Accounts.GatewayFee.Code)),
            new("代扣个税", figures.TaxWithheld, -await Moved(Accounts.TaxWithheld.Code)),
            new("毛利", figures.Margin, margin),
            new("毛利，按产品", Sum(products.Select(r => r.Margin)), margin),
            new("毛利，按上游", Sum(upstreams.Select(r => r.Margin)), margin),
            new("应付分销商，本月变动", Sum(payables.Select(r => r.Earned - r.Paid)), -await Moved(Accounts.Distributors)),
            new("应付分销商，期末", Sum(payables.Select(r => r.Owed)), -await Balance(Accounts.Distributors)),
            new("应收上游，本月变动", Sum(receivables.Select(r => r.Moved)), await Moved(Receivables)),
            new("应收上游，期末（按账龄）", Sum(receivables.Select(r => r.Ages.Total)), await Balance(Receivables)),
        ];
    }

    private static Money Sum(IEnumerable<MonthMovement> moved) => moved.Aggregate(Money.Zero, (sum, m) => sum + m.Debits - m.Credits);

    private static Money Sum(IEnumerable<Money> amounts) => amounts.Aggregate(Money.Zero, (sum, a) => sum + a);
}
