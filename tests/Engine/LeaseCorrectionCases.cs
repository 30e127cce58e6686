using HaoSuan.Leases;
using HaoSuan.Ledger;

namespace HaoSuan.Tests.Engine;

public sealed class Lease_corrections_on_sqlite(SqliteDatabases engine) : LeaseCorrectionCases(engine);

public sealed class Lease_corrections_on_postgres(PostgresDatabases engine) : LeaseCorrectionCases(engine);

/// <summary>A device is charged as lost for 150, of which the deposit pays 100; then it turns up.</summary>
public abstract class LeaseCorrectionCases(Databases engine) : LeaseTest(engine)
{
    private const int LostBill = 2;

    [Fact]
    public async Task A_bill_of_a_lease_that_is_over_is_taken_back_and_the_money_returns_by_the_payments_that_brought_it()
    {
        var id = await ChargedAsLost();
        await Pay(id, LostBill);
        Assert.Equal((LeaseState.Ended, new Money(-150_00)), ((await Sound(id)).Lease.State, await Balance(Accounts.Damage)));

        _ = (await Correct(id, LostBill, 120_00)).Value;
        await Later();
        _ = (await Correct(id, LostBill, 30_00, seen: 120_00)).Value;
        await Later();

        var lease = await Sound(id);
        Assert.Equal((LeaseState.Ended, new Money(150_00)), (lease.Lease.State, lease.Bills[1].Corrected));
        Assert.Equal((Money.Zero, new Money(30_00)), (await Balance(Accounts.Damage), await Balance(Accounts.Gateway("wechat"))));
        Assert.Equal(["Corrected", "Corrected"], lease.Steps.Select(s => s.Event).TakeLast(2));
    }

    [Fact]
    public async Task What_nobody_has_paid_is_dropped_first_and_the_lease_ends_where_nothing_is_left()
    {
        var id = await ChargedAsLost();
        Assert.Equal((LeaseState.Owing, new Money(50_00)), ((await Sound(id)).Lease.State, (await Find(id)).Lease.Open));

        _ = (await Correct(id, LostBill, 20_00)).Value;
        Assert.Equal((LeaseState.Owing, new Money(30_00)), ((await Sound(id)).Lease.State, (await Find(id)).Lease.Open));
        _ = (await Correct(id, LostBill, 40_00, seen: 20_00)).Value;
        await Later();

        var lease = await Sound(id);
        Assert.Equal((LeaseState.Ended, LeaseBillState.Settled), (lease.Lease.State, lease.Bills[1].State));
        Assert.Equal((new Money(-90_00), new Money(120_00)), (await Balance(Accounts.Damage), await Balance(Accounts.Gateway("wechat"))));
    }

    [Fact]
    public async Task What_was_given_up_is_no_loss_any_more()
    {
        var id = await ChargedAsLost();
        _ = (await WriteOff(id)).Value;
        Assert.Equal(new Money(50_00), await Balance(Accounts.WriteOff));

        _ = (await Correct(id, LostBill, 150_00)).Value;
        await Later();

        await Sound(id);
        Assert.Equal((Money.Zero, Money.Zero), (await Balance(Accounts.WriteOff), await Balance(Accounts.Damage)));
        Assert.Equal(new Money(30_00), await Balance(Accounts.Gateway("wechat")));
    }

    [Fact]
    public async Task The_same_form_corrects_once_and_nobody_takes_off_more_than_a_bill_asked_for()
    {
        var id = await ChargedAsLost();
        await Pay(id, LostBill);

        var both = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => Correct(id, LostBill, 60_00), Cancel)));

        Assert.Equal("leases.corrected_meanwhile", Assert.Single(both, r => r.IsRefused).Refusals[0].Code);
        Assert.Equal("leases.correction_amount", (await Correct(id, LostBill, 90_01, seen: 60_00)).Refusals[0].Code);
        Assert.Equal("leases.correction_amount", (await Correct(id, LostBill, 0, seen: 60_00)).Refusals[0].Code);
        Assert.Equal("leases.bill_not_correctable", (await Correct(id, 1, 1_00)).Refusals[0].Code);
        Assert.Equal("leases.bill_not_correctable", (await Correct(id, 9, 1_00)).Refusals[0].Code);
        await Later();
        Assert.Equal(new Money(60_00), (await Sound(id)).Bills[1].Corrected);
    }

    private async Task<LeaseId> ChargedAsLost()
    {
        await Open(1);
        var id = await Begun();
        _ = (await Lost(id)).Value;
        await Later();
        return id;
    }
}
