//! The formats, rendered from one report that holds everything a report can hold.

mod flows;
mod html;
mod json;
mod junit;
mod lists;
mod roots;
mod sample;
mod traffic;
