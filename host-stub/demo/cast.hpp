// cast.hpp - the people and secrets of the demo. They are marked on purpose: the tests search for them where they must
// not be.
#pragma once

#include <string_view>

namespace keycare::demo::cast {

inline constexpr std::string_view pin = "CanaryPin47";
inline constexpr std::string_view wrong_pin = "CanaryBad48";
inline constexpr std::string_view new_pin = "CanaryNew49";
inline constexpr std::string_view admin_pin = "CanaryAdm50";

inline constexpr std::string_view clerk = "张三";
inline constexpr std::string_view id_number = "11010519491231002X";  // GB 11643's own example
inline constexpr std::string_view phone = "13912345678";
inline constexpr std::string_view email = "zhangsan@example.com";
inline constexpr std::string_view address = "广东省广州市天河区";

inline constexpr std::string_view company = "广州示例电子有限公司";
inline constexpr std::string_view account = "pa-gys-0001";
inline constexpr std::string_view taxpayer_number = "91350100M000100Y43";  // GB 32100's own example
inline constexpr std::string_view other_company = "深圳示例材料有限公司";
inline constexpr std::string_view other_account = "pa-gys-0002";

}  // namespace keycare::demo::cast
