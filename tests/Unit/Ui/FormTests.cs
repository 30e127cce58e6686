using HaoSuan.Ui;
using Xunit;

namespace HaoSuan.Tests.Unit.Ui;

public sealed class FormTests
{
    private static readonly FormErrors Errors = FormErrors.Of(
        [new Refusal("orders.phone").On("Phone"), new Refusal("orders.taken", "13912345678")],
        r => r.Code == "orders.phone" ? "手机号应为 11 位数字" : $"号码 {r.Arguments[0]} 已被选走");

    [Fact]
    public async Task An_error_stands_beside_its_field_and_is_read_with_it()
    {
        var page = await Rendered.PageAsync<Field>(new { Name = "Phone", Label = "手机号", Value = "138", Hint = "收货用" }, Errors);
        var input = page.QuerySelector("input")!;

        Assert.Equal("true", input.GetAttribute("aria-invalid"));
        Assert.Equal("138", input.GetAttribute("value"));
        Assert.Equal(["收货用", "手机号应为 11 位数字"], input.GetAttribute("aria-describedby")!.Split(' ').Select(id => page.GetElementById(id)!.TextContent));
        Assert.Equal(input.Id, page.QuerySelector("label")!.GetAttribute("for"));
    }

    [Fact]
    public async Task A_field_without_error_is_not_marked()
    {
        var page = await Rendered.PageAsync<Field>(new { Name = "Name", Label = "姓名" }, Errors);

        Assert.False(page.QuerySelector("input")!.HasAttribute("aria-invalid"));
        Assert.False(page.QuerySelector("input")!.HasAttribute("aria-describedby"));
        Assert.Null(page.QuerySelector(".field-error"));
    }

    [Fact]
    public async Task The_list_above_the_form_tells_everything_and_leads_to_the_fields()
    {
        var page = await Rendered.PageAsync<RefusalList>(new { Errors });

        Assert.Equal("有 2 处需要修改", page.QuerySelector(".notice-title")!.TextContent);
        Assert.Equal(["手机号应为 11 位数字", "号码 13912345678 已被选走"], page.QuerySelectorAll("li").Select(l => l.TextContent.Trim()));
        Assert.Equal(["#field-Phone"], page.QuerySelectorAll("li a").Select(a => a.GetAttribute("href")));
    }

    [Fact]
    public async Task Without_errors_there_is_no_list() =>
        Assert.Null((await Rendered.PageAsync<RefusalList>(new { Errors = FormErrors.None })).QuerySelector(".notice"));

    [Fact]
    public async Task A_choice_comes_back_as_it_was_made()
    {
        Option[] options = [new("wechat", "微信支付"), new("alipay", "支付宝"), new("none", "停用", Disabled: true)];
        var radios = await Rendered.PageAsync<Choice>(new { Name = "Channel", Label = "支付方式", Options = options, Value = "alipay" });
        var list = await Rendered.PageAsync<Select>(new { Name = "Channel", Label = "支付方式", Options = options, Value = "alipay", Prompt = "请选择" });

        Assert.Equal(["alipay"], radios.QuerySelectorAll("input[checked]").Select(i => i.GetAttribute("value")));
        Assert.Equal(["none"], radios.QuerySelectorAll("input[disabled]").Select(i => i.GetAttribute("value")));
        Assert.Equal(["alipay"], list.QuerySelectorAll("option[selected]").Select(i => i.GetAttribute("value")));
    }

    [Fact]
    public async Task Further_attributes_go_to_the_control()
    {
        var page = await Rendered.PageAsync<Field>(new { Name = "IdNumber", Label = "身份证号码", maxlength = "18", autocomplete = "off" });

        Assert.Equal("18", page.QuerySelector("input")!.GetAttribute("maxlength"));
        Assert.Equal("off", page.QuerySelector("input")!.GetAttribute("autocomplete"));
    }

    [Fact]
    public async Task Chinese_is_sent_as_it_is_and_markup_is_not()
    {
        var html = await Rendered.HtmlAsync<Field>(new { Name = "Name", Label = "姓名<script>" });

        Assert.Contains("姓名&lt;script&gt;", html, StringComparison.Ordinal);
    }
}
