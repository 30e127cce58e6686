using HaoSuan.Payments;
using Xunit;

namespace HaoSuan.Tests.Unit.Payments;

public sealed class MaskedMessageTests
{
    [Theory]
    [InlineData("""{"payer":{"openid":"oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"},"mchid":"1900"}""", """{"payer":{"openid":"oUp***"},"mchid":"1900"}""")]
    [InlineData("""{"a":"{\"sp_openid\":\"oUpF8\"}"}""", """{"a":"{\"sp_openid\":\"oUp***\"}"}""")]
    [InlineData("""{"buyer_logon_id" : "159****5620","buyer_open_id":"07","trade_no":"2026"}""",
        """{"buyer_logon_id" : "159***","buyer_open_id":"***","trade_no":"2026"}""")]
    [InlineData("""{"buyer_user_name":"\u5f20\u4e09","a":1}""", """{"buyer_user_name":"***","a":1}""")]
    [InlineData("""{"buyer_user_name":"abc\"def","a":1}""", """{"buyer_user_name":"***","a":1}""")]
    [InlineData("""{"a":"{\"buyer_user_name\":\"\\u5f20\\u4e09\",\"b\":\"abcd\"}"}""", """{"a":"{\"buyer_user_name\":\"***\",\"b\":\"abcd\"}"}""")]
    [InlineData("""{"a":"{\"buyer_user_name\":\"abc\\\"def\"}"}""", """{"a":"{\"buyer_user_name\":\"***\"}"}""")]
    [InlineData("""{"buyer_pay_amount":"88.88","buyer_id":"2088102"}""", """{"buyer_pay_amount":"88.88","buyer_id":"208***"}""")]
    [InlineData("notice\n\nbuyer_pay_amount=88.88&buyer_id=2088102", "notice\n\nbuyer_pay_amount=88.88&buyer_id=208***")]
    [InlineData("""{"user_received_account":"招商银行信用卡0403"}""", """{"user_received_account":"招商银***"}""")]
    [InlineData("notice\n\nbuyer_id=2088102&total_amount=9.00&buyer_logon_id=a%40b.cn&sign=x",
        "notice\n\nbuyer_id=208***&total_amount=9.00&buyer_logon_id=a%4***&sign=x")]
    public void Who_paid_is_masked_and_the_rest_is_left_as_it_came(string message, string shown) => Assert.Equal(shown, MaskedMessage.Of(message));
}
