using HaoSuan.Payments.Channels;
using HaoSuan.Sandbox;
using HaoSuan.Sandbox.Alipay;

namespace HaoSuan.Tests.Wires;

public sealed class TransferTests : IAsyncLifetime
{
    private static readonly TradeNo Number = TradeNo.Parse("PO202603050001");

    private static readonly TransferOrder Order = new(Number, new(123_456), "dealer@example.com", "张三", "佣金提现");

    private Wiring _wiring = null!;    // made before each test

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _wiring = await Wiring.StartAsync();

    public ValueTask DisposeAsync() => _wiring.DisposeAsync();

    [Fact]
    public async Task A_transfer_is_paid()
    {
        Assert.Equal(_wiring.Time.Now, Assert.IsType<TransferState.Paid>(await _wiring.Transfers.TransferAsync(Order, Cancel)).At);
        Assert.IsType<TransferState.Paid>(await _wiring.Transfers.QueryAsync(Number, Cancel));
        Assert.Equal(new Money(123_456), _wiring.World.Transferred);
    }

    [Theory]
    [InlineData(Fault.FailAfter)]
    [InlineData(Fault.HangAfter)]
    [InlineData(Fault.Tamper)]
    public async Task A_transfer_whose_answer_is_lost_is_unknown_and_repeated_without_paying_twice(Fault fault)
    {
        _wiring.World.Faults.Set(Wire.Alipay, On.Call, fault);
        var client = _wiring.Client(impatient: fault == Fault.HangAfter);
        var transfers = new AlipayTransfers(client, Wiring.Keys.Alipay(_wiring.Sandbox.Address), _wiring.Time);
        Assert.IsType<TransferState.Unknown>(await transfers.TransferAsync(Order, Cancel));
        Assert.IsType<TransferState.Paid>(await _wiring.Transfers.TransferAsync(Order, Cancel));
        Assert.Equal(new Money(123_456), _wiring.World.Transferred);
    }

    [Fact]
    public async Task A_transfer_that_never_arrived_is_not_found()
    {
        _wiring.World.Faults.Set(Wire.Alipay, On.Call, Fault.Fail);
        Assert.IsType<TransferState.Unknown>(await _wiring.Transfers.TransferAsync(Order, Cancel));
        Assert.IsType<TransferState.NotFound>(await _wiring.Transfers.QueryAsync(Number, Cancel));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_transfer_on_its_way_ends_later(bool success)
    {
        _wiring.World.TransfersEnd = TransferEnding.Pend;
        Assert.IsType<TransferState.Pending>(await _wiring.Transfers.TransferAsync(Order, Cancel));
        Assert.IsType<TransferState.Pending>(await _wiring.Transfers.QueryAsync(Number, Cancel));
        Assert.True(_wiring.World.EndTransfer(Number.Value, success));
        var ended = await _wiring.Transfers.QueryAsync(Number, Cancel);
        if (success) Assert.IsType<TransferState.Paid>(ended);
        else Assert.Equal("PAYEE_ACCOUNT_STATUS_ERROR", Assert.IsType<TransferState.Failed>(ended).Error.Code);
    }

    [Fact]
    public async Task A_payee_who_does_not_exist_is_a_failure()
    {
        _wiring.World.TransfersEnd = TransferEnding.Refuse;
        Assert.Equal("PAYEE_NOT_EXIST", Assert.IsType<TransferState.Failed>(await _wiring.Transfers.TransferAsync(Order, Cancel)).Error.Code);
    }

    [Fact]
    public async Task The_same_number_with_another_amount_tells_how_the_first_stands()
    {
        await _wiring.Transfers.TransferAsync(Order, Cancel);
        Assert.IsType<TransferState.Paid>(await _wiring.Transfers.TransferAsync(Order with { Amount = new(1) }, Cancel));
        Assert.Equal(new Money(123_456), _wiring.World.Transferred);
    }

    [Fact]
    public void A_transfer_does_not_print_its_payee() => Assert.Equal("Transfer PO202603050001 of 1234.56", Order.ToString());
}
