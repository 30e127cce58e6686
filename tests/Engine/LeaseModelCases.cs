using HaoSuan.Leases;

namespace HaoSuan.Tests.Engine;

public sealed class Lease_model_on_sqlite(SqliteDatabases engine) : LeaseModelCases(engine);

public sealed class Lease_model_on_postgres(PostgresDatabases engine) : LeaseModelCases(engine);

/// <summary>Whatever consumers and staff do, in whatever order, the books say what the leases say, and a lease that is over leaves nothing behind.</summary>
public abstract class LeaseModelCases(Databases engine) : LeaseTest(engine)
{
    private const int Steps = 40;

    private ulong _chance;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task After_every_step_the_books_are_those_of_the_lease_and_in_the_end_they_are_zero(int seed)
    {
        _chance = (ulong)seed;
        await Open(1);
        var id = (await Place()).Value.Id;
        for (var i = 0; i < Steps && !LeaseLife.IsOver((await Sound(id)).Lease.State); i++)
        {
            await Act(id);
            await Later();
        }
        await End(id);
        Assert.True(LeaseLife.IsOver((await Sound(id)).Lease.State));
    }

    private async Task Act(LeaseId id)
    {
        var bills = (await Find(id)).Bills;
        var open = bills.Where(b => b.State == LeaseBillState.Open).Select(b => b.Number).ToList();
        switch (Below(16))
        {
            case 0 or 1 or 2 when open.Count > 0: await Pay(id, open[Below(open.Count)]); break;
            case 3 or 4: await Days(Below(40)); break;
            case 5: await HandOver(id); break;
            case 6: await Announce(id); break;
            case 7: await Keep(id); break;
            case 8: await ComeBack(id); break;
            case 9 when Below(2) == 0: await Inspect(id, Below(2) == 0 ? ["进水"] : []); break;
            case 10: await BuyOut(id); break;
            case 11 when Below(4) == 0: await Lost(id); break;
            case 12: await Offset(id, bills[Below(bills.Count)].Number); break;
            case 13 when Below(6) == 0: await WriteOff(id); break;
            case 14: await Withdraw(id); break;
            case 15 when bills[Below(bills.Count)] is var bill: await Correct(id, bill.Number, 1 + Below(50_00), bill.Corrected.Minor); break;
            default: await Days(1); break;
        }
    }

    /// <summary>Brings it to its end, from wherever it is.</summary>
    private async Task End(LeaseId id)
    {
        for (var i = 0; i < 6 && await State(id) is var state && !LeaseLife.IsOver(state); i++)
        {
            _ = state switch
            {
                LeaseState.AwaitingPayment or LeaseState.ToShip => await CallOff(id),
                LeaseState.Active or LeaseState.Overdue or LeaseState.Returning => await ComeBack(id),
                LeaseState.Inspecting => await Inspect(id, "屏幕破裂"),
                LeaseState.Owing => await WriteOff(id),
                _ => default,
            };
            if (state == LeaseState.BuyingOut) await Days(4);
            await Later();
        }
    }

    /// <summary>Chance that is the same each time (SplitMix64).</summary>
    private int Below(int bound)
    {
        unchecked
        {
            var z = _chance += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return (int)((z ^ (z >> 31)) % (ulong)bound);
        }
    }
}
