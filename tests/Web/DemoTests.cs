using HaoSuan.Catalog;
using HaoSuan.Distributors;
using HaoSuan.Ledger;
using HaoSuan.Orders;
using HaoSuan.Payments;
using HaoSuan.Reconciliation;
using HaoSuan.Settlements;
using HaoSuan.Web.Demo;
using Microsoft.Data.Sqlite;

namespace HaoSuan.Tests.Web;

/// <summary>A small demonstration in a database of its own.</summary>
public sealed class DemoTests : IAsyncLifetime
{
    private const int Orders = 24;

    private static readonly Instant End = Instant.From(new(2026, 11, 24, 4, 0, 0, TimeSpan.Zero));

    private readonly string _folder = Directory.CreateTempSubdirectory("haosuan-demo-").FullName;
    private Settings _settings = null!;
    private Demonstration _demonstration = null!;

    public async ValueTask InitializeAsync()
    {
        _settings = new($"Data Source={Path.Combine(_folder, "demo.db")}", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=") { Role = ProcessRole.Web };
        _demonstration = await Demonstration.StartAsync(new(_settings.Database), "http://127.0.0.1:0", End);
    }

    public async ValueTask DisposeAsync()
    {
        await _demonstration.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_month_is_played_its_books_are_sound_and_its_sheets_tie_out()
    {
        Assert.NotNull(await _demonstration.FillAsync(_settings, Orders));
        Assert.Null(await _demonstration.FillAsync(_settings, Orders));

        await using var services = new ServiceCollection().AddLogging().AddHaoSuan(_demonstration.Connect(_settings)).BuildServiceProvider();
        var tenant = await services.GetRequiredService<Tenants>().FindAsync(SignIns.Slug, TestContext.Current.CancellationToken);
        await using var scope = services.GetRequiredService<IServiceScopeFactory>().CreateScope(tenant!);
        await BooksAreSound(scope.ServiceProvider);
        await DistributorsHaveEarned(scope.ServiceProvider);
        await SheetsTieOut(scope.ServiceProvider);
        await ChannelsTieOut(scope.ServiceProvider);
        foreach (var upstream in await scope.ServiceProvider.GetRequiredService<Products>().UpstreamsAsync(TestContext.Current.CancellationToken))
            Assert.Contains(_demonstration.Connect(_settings).Lines.Upstreams, line => line.Key == upstream.Key);
    }

    /// <summary>By the bills that the sandbox writes: all is equal but for what another system has sold.</summary>
    private static async Task ChannelsTieOut(IServiceProvider services)
    {
        var read = services.GetRequiredService<ChannelDays>();
        var days = await read.ListAsync(null, null, 0, 200, TestContext.Current.CancellationToken);

        Assert.Contains(days, d => d.State == DayState.Even && d.Bill.In > Money.Zero && d.Bill == d.Ledger);
        var differing = Assert.Single(days, d => d.State == DayState.Differs);
        var difference = Assert.Single(await read.DifferencesAsync(differing.Channel, differing.Day, TestContext.Current.CancellationToken), d => !d.IsGone);
        Assert.Equal((DayDifference.NotWithUs, new Money(39_00)), (difference.Class, difference.Effect));
        var vouchers = services.GetRequiredService<ReadVouchers>();
        // A bank tells by files, which nobody signs.
        foreach (var voucher in (await vouchers.FindAsync(new(), 0, 200, TestContext.Current.CancellationToken)).Where(v => v.Channel != "bank"))
            Assert.NotNull(await vouchers.MessageAsync(voucher.Number, TestContext.Current.CancellationToken));
        Assert.All(await services.GetRequiredService<GatewayHealth>().AllAsync(TestContext.Current.CancellationToken), s => Assert.NotNull(s.LastNotice));
    }

    private static async Task BooksAreSound(IServiceProvider services)
    {
        var verified = await services.GetRequiredService<VerifyBooks>().RunAsync(TestContext.Current.CancellationToken);

        Assert.Empty(verified.Findings);
        Assert.InRange(verified.Orders, Orders / 2, Orders);
        var orders = await services.GetRequiredService<OrderList>().AllAsync(new(), 0, 100, TestContext.Current.CancellationToken);
        Assert.Contains(orders, o => o is { State: OrderState.Activated, Network: NetworkState.InService, Iccid: not null });
    }

    private static async Task DistributorsHaveEarned(IServiceProvider services)
    {
        var journal = services.GetRequiredService<Journal>();
        var all = await services.GetRequiredService<Tree>().AllAsync(TestContext.Current.CancellationToken);
        var owed = Money.Zero;
        foreach (var distributor in all)
        {
            owed += await journal.OwedAsync(Accounts.Pending(distributor.Id), TestContext.Current.CancellationToken)
                + await journal.OwedAsync(Accounts.Available(distributor.Id), TestContext.Current.CancellationToken);
        }

        Assert.Equal((40, 32), (all.Count, all.Count(d => d.ParentId is not null)));
        Assert.True(owed > Money.Zero);
    }

    private static async Task SheetsTieOut(IServiceProvider services)
    {
        var read = services.GetRequiredService<ReconSheets>();
        var sheets = await read.AllAsync(0, 100, TestContext.Current.CancellationToken);

        Assert.NotEmpty(sheets);
        foreach (var sheet in sheets)
        {
            var classes = await read.ClassesAsync(sheet, TestContext.Current.CancellationToken);
            Assert.Equal(sheet.SheetTotal, classes.Aggregate(sheet.ExpectedTotal, (sum, c) => sum + c.Effect));
        }
    }
}
