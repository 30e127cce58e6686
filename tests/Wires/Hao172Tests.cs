using HaoSuan.Sandbox;
using HaoSuan.Sandbox.Upstreams;
using HaoSuan.Upstreams.Wire;

namespace HaoSuan.Tests.Wires;

public sealed class Hao172Tests : UpstreamTests
{
    protected override IUpstreamWire Upstream => Wiring.Hao172;

    protected override IUpstreamWire Impatient =>
        new Hao172(Wiring.Client(impatient: true), Wires.Wiring.Keys.Hao172(Wiring.Sandbox.Address), Wiring.Time);

    protected override UpstreamDesk Desk => World.Hao172;

    protected override Wire Wire => Wire.Hao172;

    [Fact]
    public async Task What_a_tampered_callback_says_does_not_count()
    {
        await SubmitAsync();
        World.Faults.Set(Wire, On.Delivery, Fault.Tamper);
        Advance(Step.Accept);
        await Wiring.DeliverAsync();
        Assert.Equal("accepted", Assert.Single(Merchant.Reports).Kind);
    }

    [Theory]
    [InlineData("正在进单", "submitted")]
    [InlineData("已提运营商", "accepted")]
    [InlineData("已发货", "shipped")]
    [InlineData("已完成", "shipped")]
    [InlineData("已撤单", "cancelled")]
    [InlineData("已取消", "cancelled")]
    [InlineData("审核不通过", "rejected")]
    [InlineData("审核失败", "rejected")]
    [InlineData("已结算", "upstream_confirmed")]
    [InlineData("无法结算", "upstream_rejected")]
    [InlineData("等一等", "unrecognised")]
    public void Every_status_word_has_its_fact(string word, string kind)
    {
        var row = HaoSuan.Upstreams.Wire.Reading.Parse($$"""{"OrderNo":"{{Number}}","OrderNo172":"HK1","OrderStatus":"{{word}}"}""");
        Assert.Equal(kind, Assert.Single(Hao172Rows.Read(row)!.Reports(Wiring.Time.Now)).Kind);
    }

    [Fact]
    public void A_settled_order_that_says_activated_again_tells_both_and_undoes_nothing()
    {
        var row = HaoSuan.Upstreams.Wire.Reading.Parse("""
            {"OrderNo":"HS202603050001","OrderNo172":"HK1","OrderStatus":"已结算","CardStatus":"已激活","ActiveTime":"2026-03-04 09:30:00",
             "IsFirstCharge":1,"FirstCharge":"50"}
            """);
        Assert.Equal(["HK1/activated", "HK1/topped_up/1", "HK1/upstream_confirmed"],
            Hao172Rows.Read(row)!.Reports(Wiring.Time.Now).Select(r => r.EventId));
    }
}
